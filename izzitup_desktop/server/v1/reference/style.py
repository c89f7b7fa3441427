"""How the reference page looks, and what it may load: nothing."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--line:#d5d8de;--soft:#f4f5f7;--dim:#4d5562;--link:#0b57d0}
@media (prefers-color-scheme:dark){
:root{--line:#3c424d;--soft:#1f232a;--dim:#aab2bf;--link:#8ab4f8}
body{background:#14171c;color:#e6e9ee}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;margin:0}
a{color:var(--link)}
header,main,nav{max-width:56rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1.05rem;margin:0;overflow-wrap:anywhere}
h4{font-size:.95rem;margin:1rem 0 .25rem}
p{margin:.5rem 0}
code,pre{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.875rem}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.375rem;margin:.25rem 0 .5rem;
padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere;-webkit-user-select:all;user-select:all}
nav ul{columns:16rem;list-style:none;margin:0;padding:0}
nav li{break-inside:avoid;overflow-wrap:anywhere;padding:.125rem 0}
nav a{display:flex;align-items:baseline}
nav .method{flex:none;min-width:4.6em}
.skip{position:absolute;left:-100vw}
.skip:focus{position:static;display:inline-block;margin:.5rem 1rem}
.method{display:inline-block;font:600 .75rem/1.5 ui-monospace,Consolas,"DejaVu Sans Mono",monospace;
border:1px solid currentColor;border-radius:.25rem;padding:0 .35em;margin-right:.5em;
text-align:center}
.operation,.model{border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0}
:target{outline:2px solid var(--link);outline-offset:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
dl{margin:.25rem 0}
dt{margin-top:.5rem;overflow-wrap:anywhere}
dd{margin:0 0 0 1rem;overflow-wrap:anywhere}
.dim{color:var(--dim)}
summary{cursor:pointer;padding:.25rem 0;font-weight:600}
@media print{details:not([open])>*{display:block}nav,.skip{display:none}}
@media (forced-colors:active){pre,.operation,.model{border-color:CanvasText}}
""".strip()

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src "
    f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)
