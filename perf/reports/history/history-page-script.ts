/**
 * What runs in the page: draws each `[data-chart]` with uPlot from the JSON beside it. Without it the tables remain, which
 * hold the same figures. Texts reach the page through uPlot's legend alone, which sets them as text.
 */
export const historyPageScript = `
const charts = JSON.parse(document.getElementById('charts').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const format = (chart, value) =>
  value === null || value === undefined ? '–'
    : chart.scale === 'log-ratio' ? (value < 0 ? '−' : '+') + Math.abs(Math.expm1(value) * 100).toFixed(1) + ' %'
    : chart.unit === 'ratio' ? (value * 100).toFixed(2) + ' %'
    : Number(value.toPrecision(4)) + ' ' + chart.unit;

const mark = (chart) => (u) => {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const change of chart.changes) {
    const x = u.valToPos(change - 0.5, 'x', true);
    ctx.strokeStyle = color('mark');
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
};

const draw = (element, chart) => {
  const axis = { stroke: color('text'), grid: { stroke: color('grid') }, ticks: { stroke: color('grid') } };
  const u = new uPlot(
    {
      width: element.clientWidth,
      height: 260,
      scales: { x: { time: false, range: (_u, low, high) => [low - 0.5, high + 0.5] } },
      axes: [
        { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
          values: (_u, ticks) => ticks.map((at) => (chart.dates[at] || '').slice(5)) },
        { ...axis, size: 76, values: (_u, ticks) => ticks.map((value) => format(chart, value)) },
      ],
      series: [
        { label: 'commit', value: (_u, at) => (at === null ? '–' : chart.commits[at] + ' ' + chart.dates[at]) },
        { label: chart.title, stroke: color('line'), width: 2, points: { show: true, size: 5 },
          value: (_u, value) => format(chart, value) },
        { label: 'low', stroke: 'transparent', points: { show: false }, value: (_u, value) => format(chart, value) },
        { label: 'high', stroke: 'transparent', points: { show: false }, value: (_u, value) => format(chart, value) },
      ].slice(0, chart.high ? 4 : 2),
      bands: chart.high ? [{ series: [3, 2], fill: color('band') }] : [],
      hooks: { draw: [mark(chart)] },
    },
    [chart.values.map((_value, at) => at), chart.values, ...(chart.high ? [chart.low, chart.high] : [])],
    element,
  );
  u.over.addEventListener('click', () => {
    const url = u.cursor.idx === null ? undefined : chart.urls[u.cursor.idx];
    if (url) open(url, '_blank', 'noopener');
  });
  return u;
};

for (const element of document.querySelectorAll('[data-chart]')) {
  const chart = charts[Number(element.dataset.chart)];
  let u = draw(element, chart);
  new ResizeObserver(() => u.setSize({ width: element.clientWidth, height: 260 })).observe(element);
  dark.addEventListener('change', () => { u.destroy(); u = draw(element, chart); });
}
`;
