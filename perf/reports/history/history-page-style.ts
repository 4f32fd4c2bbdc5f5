/** How the page looks, in light, in dark and on paper. */
export const historyPageStyle = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --page: #ffffff; --grid: #d8dee4; --line: #0550ae;
  --band: rgba(5, 80, 174, .15); --mark: #bc4c00; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9da7b3; --page: #0d1117; --grid: #30363d;
  --line: #79c0ff; --band: rgba(121, 192, 255, .18); --mark: #ffa657; --link: #79c0ff; } }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--page); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.125rem; margin: 2.5rem 0 0; } p { margin: .25rem 0; }
a { color: var(--link); } .soft { color: var(--soft); } .change { border-left: 4px solid var(--mark); padding-left: .75rem; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: left; border-bottom: 1px solid var(--grid); white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.u-legend { font-size: .8125rem; text-align: left; }
@media print { details > .table { display: block; } }
`;
