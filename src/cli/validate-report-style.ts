/** The style sheet of the HTML report: light and dark, narrow and wide, on paper. */
export const STYLE = `
:root{color-scheme:light dark;--back:#fff;--soft:#f3f5f8;--line:#cfd6df;--text:#16202c;--dim:#4d5b6b;--link:#0b5394;
--fatal:#8c1020;--error:#a3261b;--warning:#7a4f00;--info:#1d5a86;--fatal-b:#fbe3e6;--error-b:#fde9e7;--warning-b:#fff3d6;--info-b:#e6f1fa;--good:#1b6e3c}
@media (prefers-color-scheme:dark){:root{--back:#12171d;--soft:#1b222b;--line:#3a4654;--text:#e6ebf1;--dim:#a9b6c5;--link:#8ec5ff;
--fatal:#ff9aa6;--error:#ffa79f;--warning:#f3c566;--info:#93cbf5;--fatal-b:#45141c;--error-b:#43201d;--warning-b:#3d300f;--info-b:#142f43;--good:#7fd6a0}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
header,main,footer,.skip{max-width:78rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
footer{padding:2rem 1.25rem;color:var(--dim)}
h1{font-size:1.6rem;margin:0}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem;overflow-wrap:anywhere}
h4{font-size:.95rem;margin:1.25rem 0 .35rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,input:focus-visible,.v:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{position:static}
.note{color:var(--dim);margin:.25rem 0}
.scores{display:flex;flex-wrap:wrap;gap:.75rem;margin:.75rem 0;padding:0;list-style:none}
.scores li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:8.5rem;background:var(--soft)}
.scores b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.scores .whole{border-width:2px;border-color:var(--text)}
.scores span{color:var(--dim);font-size:.875rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem 1.25rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-size:.875rem;color:var(--dim);font-weight:600}
.n{width:1%;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.less{color:var(--error);font-weight:600}
.full{color:var(--good)}
.s{display:inline-block;border-radius:.25rem;padding:0 .4rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.s.fatal{color:var(--fatal);background:var(--fatal-b)}.s.error{color:var(--error);background:var(--error-b)}
.s.warning{color:var(--warning);background:var(--warning-b)}.s.info{color:var(--info);background:var(--info-b)}
.findings{padding:0;list-style:none;margin:.5rem 0}
.findings>li{border-left:4px solid var(--line);padding:.35rem .75rem;margin:.5rem 0;background:var(--soft);border-radius:0 .375rem .375rem 0}
.findings>.fatal{border-color:var(--fatal)}.findings>.error{border-color:var(--error)}
.findings>.warning{border-color:var(--warning)}.findings>.info{border-color:var(--info)}
.findings p{margin:.15rem 0}
.findings code,.code{font-size:.85em;color:var(--dim);overflow-wrap:anywhere}
:target{outline:2px solid var(--link);outline-offset:2px}
.source{padding:0;margin:.5rem 0;list-style:none;font:14px/1.7 ui-monospace,"DejaVu Sans Mono",Consolas,monospace}
.source>li{display:grid;grid-template-columns:4rem minmax(0,3fr) minmax(0,2fr);border-bottom:1px solid var(--line)}
.source>li.gap{display:block;color:var(--dim);padding:.25rem 0 .25rem 4.5rem;font-family:system-ui,sans-serif}
.source .at{color:var(--dim);text-align:right;padding-right:.75rem;font-size:12px;line-height:24px;text-decoration:none}
.source .line{overflow-wrap:anywhere;padding-right:.5rem}
.source .t{font-weight:700}
.source .p{color:var(--dim)}
.source .with{background:var(--soft)}
.v{position:relative;border-radius:2px}
.v:hover,.v:focus{background:var(--info-b);outline-offset:0}
.v[data-n]:hover::after,.v[data-n]:focus::after{content:attr(data-n);position:absolute;left:0;top:100%;z-index:2;width:max-content;max-width:22rem;background:var(--text);color:var(--back);
font:13px/1.4 system-ui,sans-serif;padding:.25rem .5rem;border-radius:.25rem;white-space:normal;pointer-events:none}
mark{color:inherit;background:none;border-bottom:3px solid;border-radius:0}
mark.fatal{border-color:var(--fatal);background:var(--fatal-b)}mark.error{border-color:var(--error);background:var(--error-b)}
mark.warning{border-color:var(--warning);background:var(--warning-b)}mark.info{border-color:var(--info);background:var(--info-b)}
.beside{font:14px/1.5 system-ui,sans-serif;margin:.1rem 0 .35rem;padding:0;list-style:none}
.beside li{margin:.1rem 0}
.filter{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;margin:1rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.filter[hidden]{display:none}
.filter legend{font-weight:600;padding:0 .25rem}
.filter label{display:inline-flex;gap:.4rem;align-items:center;min-height:1.75rem}
.hide-fatal li.fatal,.hide-error li.error,.hide-warning li.warning,.hide-info li.info{display:none}
@media print{:root{color-scheme:light}.filter,.skip,nav{display:none!important}.source>li,.findings>li{break-inside:avoid}body{font-size:11pt}}
@media (max-width:60rem){.source>li{grid-template-columns:2.5rem minmax(0,1fr)}.source .at{text-align:left}.beside{grid-column:2}}
`

/** Without it everything can be read; with it findings are filtered, and arrow keys go from value to value. */
export const SCRIPT = `
const root=document.body.classList
for(const fieldset of document.querySelectorAll('.filter')){fieldset.hidden=false
for(const box of fieldset.querySelectorAll('input'))box.addEventListener('change',()=>root.toggle('hide-'+box.value,!box.checked))}
for(const source of document.querySelectorAll('.source')){
const values=[...source.querySelectorAll('.v')]
for(const value of values)value.tabIndex=-1
if(values[0])values[0].tabIndex=0
const go=(from,to)=>{if(!to)return;from.tabIndex=-1;to.tabIndex=0;to.focus()}
source.addEventListener('focusin',({target})=>{if(target.classList.contains('v')){for(const value of values)value.tabIndex=value===target?0:-1}})
source.addEventListener('keydown',event=>{const at=values.indexOf(event.target);if(at<0)return
const line=value=>value.closest('li')
const steps={ArrowRight:()=>values[at+1],ArrowLeft:()=>values[at-1],Home:()=>values[0],End:()=>values.at(-1),
ArrowDown:()=>values.slice(at).find(value=>line(value)!==line(event.target)),
ArrowUp:()=>{const before=values.slice(0,at).reverse().find(value=>line(value)!==line(event.target));return before&&values.find(value=>line(value)===line(before))}}
const step=steps[event.key];if(!step)return;event.preventDefault();go(event.target,step())})}
`
