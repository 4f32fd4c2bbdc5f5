import type { Chart } from './chart.ts';
import { chartTable } from './chart-table.ts';
import { markup, type Markup } from './markup.ts';

/** A chart's place in its page: what it shows in words, the drawing, and the same figures as a table. */
export const chartFigure = (chart: Chart, figures: Markup = chartTable(chart)): Markup => markup`<figure>
<figcaption><h3 id="${chart.id}-title">${chart.title}</h3><p class="soft">${chart.summary}</p></figcaption>
<div class="chart" id="${chart.id}"></div>
<details><summary>Figures: ${chart.title}</summary>${figures}</details>
</figure>`;
