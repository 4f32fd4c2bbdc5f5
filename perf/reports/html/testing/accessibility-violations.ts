import { source } from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds in a page with everything unfolded, of serious or critical impact: one line for each element. */
export const accessibilityViolations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
  await page.evaluate(source);
  const violations: readonly Violation[] = await page.evaluate(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
};
