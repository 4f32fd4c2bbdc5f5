import { chartFormatScript } from './chart-format-script.ts';
import { chartScaleScript } from './chart-scale-script.ts';

// The page's own script, in parts of one scope. Texts reach the page as text alone: by uPlot's legend, by the canvas
// and by attributes.
const drawing = `
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const narrow = (element) => element.clientWidth < 480;
const axisWidth = (element) => narrow(element) ? 62 : 72;

const drawMarks = (chart) => (u) => {
  const { ctx, bbox } = u;
  const dpr = devicePixelRatio;
  const paint = (path, text, x, y) => {
    ctx.beginPath();
    path();
    ctx.stroke();
    if (text === '') return;
    const width = ctx.measureText(text).width;
    const left = Math.max(bbox.left, Math.min(bbox.left + bbox.width - width - 4 * dpr, x));
    ctx.globalAlpha = .85;
    ctx.fillStyle = color('page');
    ctx.fillRect(left - 2 * dpr, y - 12 * dpr, width + 4 * dpr, 15 * dpr);
    ctx.globalAlpha = 1;
    ctx.fillStyle = color('mark');
    ctx.fillText(text, left, y);
  };
  ctx.save();
  ctx.lineWidth = 1.5 * dpr;
  ctx.font = 12 * dpr + 'px system-ui, sans-serif';
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.strokeStyle = color('mark');
  ctx.setLineDash([6 * dpr, 4 * dpr]);
  // Below the second axis' highest values, which are often all at the top.
  let row = chart.y.length > 1 ? 2 : 0;
  for (const { at, text } of chart.marks || []) {
    const x = u.valToPos(at, 'x', true);
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
    paint(() => { ctx.moveTo(x, bbox.top); ctx.lineTo(x, bbox.top + bbox.height); }, text,
      x > bbox.left + bbox.width * .6 ? x - ctx.measureText(text).width - 4 * dpr : x + 4 * dpr, bbox.top + (14 + 16 * (row++ % 5)) * dpr);
  }
  let atRight = false;
  for (const { value, text } of chart.limits || []) {
    const y = u.valToPos(value, 'y0', true);
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue;
    paint(() => { ctx.moveTo(bbox.left, y); ctx.lineTo(bbox.left + bbox.width, y); }, text,
      bbox.left + (atRight ? bbox.width : 6 * dpr),
      y - 4 * dpr < bbox.top + 12 * dpr ? y + 14 * dpr : y - 4 * dpr);
    // Limits are often close to each other: every other text stands at the other end.
    if (text !== '') atRight = !atRight;
  }
  ctx.restore();
};

const seriesOf = (chart) => ({ label, color: place, draw, axis = 0, values }) => {
  const stroke = draw === 'hidden' ? 'transparent' : color('line-' + place);
  const isFilled = draw === 'bars';
  return {
    label, stroke, width: draw === 'points' ? 0 : 2, scale: 'y' + axis, spanGaps: draw === 'line' || draw === 'dashes',
    ...(isFilled && { fill: stroke + '55' }),
    ...((draw === 'steps' || isFilled) && { paths: uPlot.paths.stepped({ align: 1 }) }),
    ...(draw === 'points' && { paths: () => null }),
    ...(draw === 'dashes' && { dash: [8, 4] }),
    points: { show: draw === 'points' || (draw !== 'hidden' && draw !== 'steady' && !isFilled && values.filter((value) => value !== null).length <= 40), size: draw === 'points' ? 7 : 5, fill: stroke },
    value: (_u, value) => show(chart.y[axis], value),
  };
};

const wholeSteps = Array.from({ length: 10 }, (_none, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
const powersOfTwo = Array.from({ length: 40 }, (_none, power) => 2 ** power);
const axesOf = (chart, element) => {
  const look = { stroke: color('text'), grid: { stroke: color('grid'), width: 1 }, ticks: { stroke: color('grid'), width: 1 },
    font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif' };
  const splitsOf = (axis, most) => axis.format === 'log-ratio' ? {
    splits: (u, place) => { const { min, max } = u.scales[u.axes[place].scale];
      return evenTicks(Math.expm1(min), Math.expm1(max), 6).map(Math.log1p); },
  } : axis.scale !== 'log' ? {} : {
    splits: (u, place) => { const { min, max } = u.scales[u.axes[place].scale]; return logTicks(min, max, most); },
    filter: (_u, ticks) => ticks,
  };
  const whole = ({ format }) =>
    format === 'bytes' ? { incrs: powersOfTwo }
      : format === 'name' || format === 'nines' || format === 'count' ? { incrs: wholeSteps } : {};
  const isNarrow = narrow(element);
  return [
    { ...look, ...whole(chart.x), ...splitsOf(chart.x, Math.floor(element.clientWidth / 80)), label: chart.x.label, labelSize: 20, size: 36, space: chart.x.format === 'name' ? 90 : isNarrow ? 56 : 64,
      values: (_u, ticks) => ticks.map((tick) => show(chart.x, tick, true)) },
    ...chart.y.map((axis, place) => ({ ...look, ...whole(axis), ...splitsOf(axis, 8), scale: 'y' + place, label: axis.label,
      labelSize: 20, size: axisWidth(element), side: place === 0 ? 3 : 1, space: 30, grid: place === 0 ? look.grid : { show: false },
      values: (_u, ticks) => ticks.map((tick) => show(axis, tick, true)) })),
  ];
};

// The last step, too, lasts until the last place.
const lastingValues = ({ draw, values }) =>
  draw === 'steps' && values.at(-1) === null ? [...values.slice(0, -1), values.at(-2) ?? null] : values;

const draw = (element, chart, width) => {
  const scale = (axis, isVertical) => ({ time: false, ...(axis.scale === 'log' && { distr: 3, log: 10 }), range: rangeOf(axis, isVertical) });
  const u = new uPlot(
    {
      width, height: chart.heightPx || 280,
      // Charts over one time have their second axis, or as much room, on the right: their places stay below each other.
      padding: [10, chart.y.length > 1 ? 0 : chart.sync ? axisWidth(element) + 20 : 14, 0, 0],
      scales: { x: scale(chart.x, false), ...Object.fromEntries(chart.y.map((axis, place) => ['y' + place, scale(axis, true)])) },
      axes: axesOf(chart, element),
      series: [{ label: chart.x.label, value: (_u, value) => show(chart.x, value) }, ...chart.series.map(seriesOf(chart))],
      bands: chart.band ? [{ series: chart.band.map((place) => place + 1), fill: color('band') }] : [],
      legend: { isolate: false },
      cursor: { y: false, drag: { x: false, y: false }, ...(chart.sync && { sync: { key: chart.sync, scales: ['x', null] } }) },
      hooks: { draw: [drawMarks(chart)] },
    },
    [chart.at, ...chart.series.map(lastingValues)],
    element,
  );
  u.over.addEventListener('click', () => {
    const url = u.cursor.idx === null ? undefined : chart.urls?.[u.cursor.idx];
    if (url) open(url, '_blank', 'noopener');
  });
  // For whoever wants to read a chart back: it says what it drew, and keeps nothing for itself.
  element.dispatchEvent(new CustomEvent('chart-drawn', { bubbles: true, detail: u }));
  return u;
};
`;

const page = `
const sayPlace = (element, chart, place) => {
  element.setAttribute('aria-valuenow', String(place));
  element.setAttribute('aria-valuetext', [show(chart.x, chart.at[place]),
    ...chart.series.map(({ label, axis = 0, values }) => label + ' ' + show(chart.y[axis], values[place]))].join(', '));
};

// The arrow keys move along the values, and a screen reader says each: the pattern of a slider, which can not be changed.
const makeSlider = (element, chart, current) => {
  const last = chart.at.length - 1;
  let place = 0;
  for (const [name, value] of Object.entries({ tabindex: '0', role: 'slider', 'aria-readonly': 'true',
    'aria-labelledby': chart.id + '-title', 'aria-valuemin': '0', 'aria-valuemax': String(Math.max(0, last)) })) element.setAttribute(name, value);
  sayPlace(element, chart, place);
  element.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === 'Enter' && chart.urls?.[place]) open(chart.urls[place], '_blank', 'noopener');
    if (step === undefined) return;
    event.preventDefault();
    place = Math.max(0, Math.min(last, place + step));
    const u = current();
    u.setCursor({ left: u.valToPos(chart.at[place], 'x'), top: 0 });
    sayPlace(element, chart, place);
  });
};

const paperWidth = 640;
const redraws = [];
for (const chart of JSON.parse(document.getElementById('charts').textContent)) {
  const element = document.getElementById(chart.id);
  let width = element.clientWidth;
  let u = draw(element, chart, width);
  makeSlider(element, chart, () => u);
  const redraw = (wanted) => { u.destroy(); width = wanted; u = draw(element, chart, wanted); };
  redraws.push((wanted) => redraw(wanted ?? element.clientWidth));
  new ResizeObserver(() => { if (element.clientWidth !== width && !matchMedia('print').matches) redraw(element.clientWidth); }).observe(element);
}
matchMedia('screen and (prefers-color-scheme: dark)').addEventListener('change', () => redraws.forEach((redraw) => redraw()));
const opened = [];
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) { details.open = true; opened.push(details); }
  redraws.forEach((redraw) => redraw(paperWidth));
});
addEventListener('afterprint', () => {
  for (const details of opened.splice(0)) details.open = false;
  redraws.forEach((redraw) => redraw());
});
`;

/**
 * What runs in a page: draws each chart of `#charts` with uPlot into the element of its id. Without it the tables remain,
 * which hold the same figures. A drawn chart says so by the event `chart-drawn`, whose detail is its uPlot.
 */
export const chartScript = `'use strict';\n{${chartFormatScript}${chartScaleScript}${drawing}${page}}`;
