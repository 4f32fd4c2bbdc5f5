/**
 * How a page looks, in light, in dark and on paper. The lines' colours are Okabe and Ito's, which people with each kind of
 * colour blindness tell apart (https://jfly.uni-koeln.de/color/), darkened or lightened until they stand out 3 : 1 from
 * their background; no meaning rests on colour alone.
 */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --page: #ffffff; --card: #f6f8fa; --grid: #d8dee4;
  --line-1: #0072b2; --line-2: #d55e00; --line-3: #00805f; --line-4: #a3548a; --band: rgba(0, 114, 178, .16);
  --mark: #6e4a00; --link: #0550ae; --good: #00664c; --bad: #b3261e; --unsure: #7a4f00; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9da7b3; --page: #0d1117; --card: #161b22;
  --grid: #30363d; --line-1: #56b4e9; --line-2: #f0883e; --line-3: #2ec4a0; --line-4: #d79bc0;
  --band: rgba(86, 180, 233, .2); --mark: #e3c15b; --link: #79c0ff; --good: #3fd0a5; --bad: #ff8a80; --unsure: #e3b341; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  overflow-wrap: anywhere; }
main { margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.125rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--grid); }
h3 { font-size: 1rem; margin: 0; } p { margin: .25rem 0; }
a { color: var(--link); } .soft { color: var(--soft); } ul { margin: .25rem 0; padding-left: 1.25rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.verdict { border-left: 6px solid var(--soft); background: var(--card); padding: .75rem 1rem; margin: 0 0 1rem; }
.verdict strong { font-size: 1.25rem; line-height: 1.3; }
.verdict.met { border-color: var(--good); } .verdict.broken { border-color: var(--bad); }
.verdict.inconclusive { border-color: var(--unsure); }
.mark { font-weight: 700; white-space: nowrap; } .mark.met { color: var(--good); } .mark.broken { color: var(--bad); }
.mark.inconclusive { color: var(--unsure); } .mark.unjudged { color: var(--soft); }
.tiles { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; }
.tiles div { background: var(--card); padding: .5rem .75rem; flex: 1 1 8rem; } .tiles dt { color: var(--soft); font-size: .875rem; }
.tiles dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.remark { border-left: 4px solid var(--mark); padding-left: .75rem; margin: .5rem 0; }
figure { margin: 1.25rem 0 2rem; min-width: 0; } .pair { display: grid; gap: 0 2rem; }
@media (min-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.chart { margin: .5rem 0; min-width: 0; } .chart .u-legend { font-size: .8125rem; text-align: left; margin: 0; }
.chart .u-legend th { font-weight: 600; cursor: default; } .chart .u-value { font-variant-numeric: tabular-nums; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--link); padding: .125rem 0; }
.table { overflow-x: auto; margin: .5rem 0; } table { border-collapse: collapse; font-size: .875rem; }
.table th, .table td { padding: .25rem 1rem .25rem 0; text-align: left; border-bottom: 1px solid var(--grid);
  vertical-align: top; overflow-wrap: normal; }
.table thead th { color: var(--soft); } .table thead .number { white-space: nowrap; } .table tbody th { font-weight: 500; max-width: 40rem; }
.table .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0; }
.table .text { min-width: 5rem; } .table tbody th.text { min-width: 8.5rem; }
.bar { display: block; width: 6rem; height: .75rem; fill: var(--line-2); }
.interval { display: block; width: 100%; max-width: 40rem; height: 4.25rem; overflow: hidden; margin: .75rem 0; }
.interval text { font: 12px system-ui, sans-serif; fill: var(--text); }
.interval .end { text-anchor: end; }
.interval line { stroke: var(--soft); stroke-width: 1.5; } .interval .fails { stroke: var(--mark); stroke-dasharray: 2 3; }
.interval .tolerance { stroke: var(--bad); stroke-dasharray: 7 4; } .interval .beyond { fill: var(--bad); opacity: .12; }
.interval .range, .interval circle { fill: var(--line-1); }
code { font-size: .875rem; }
@media print { body { font-size: 12px; } main { max-width: none; padding: 0; } .soft { color: #333; }
  h2 { break-after: avoid; } figure, .verdict, tr { break-inside: avoid; } summary { display: none; }
  details::details-content { content-visibility: visible; display: block; } .table { overflow: visible; } }
`;
