"""``summary.html``: one self-contained page that can run nothing and fetch nothing, whatever its words are."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from desktop.documents.summary import Block, Role, Summary

_STYLE = """
body{font:16px/1.5 system-ui,"Inter","Noto Sans","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;
color:#1c2430;background:#fff;max-width:52em;margin:2em auto;padding:0 1.2em}
h1{font-size:1.25em;margin:0}h2{font-size:.95em;margin:0;color:#3b4a5e}
header{border-bottom:2px solid #1f5f8b;padding-bottom:.6em;margin-bottom:1em}
.name{font-size:1.5em;font-weight:700;margin:.2em 0}.facts span{margin-right:1.2em;white-space:nowrap}
.facts b{font-weight:400;color:#5a6776}section{display:flex;gap:1.2em;padding:.55em 0;border-bottom:1px solid #dfe4ea}
section>h2{flex:0 0 11em}section>div{flex:1;min-width:0}p{margin:0 0 .2em;white-space:pre-wrap;overflow-wrap:anywhere}
.danger{border:2px solid #b3261e;border-radius:6px;padding:.7em;margin-bottom:.8em}
.danger p:first-child{font-weight:700}
.advice{background:#f3f6f9;padding:.55em .7em}.caution{font-size:.85em;color:#5a6776;font-style:italic}
footer{margin-top:1.2em;font-size:.85em;color:#5a6776}
@media print{body{margin:0;max-width:none}section{break-inside:avoid}}
"""


def render_html(summary: Summary) -> bytes:
    """Return the page as UTF-8. Its policy allows this style sheet and nothing else: no script, picture or address."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    facts = "".join(f"<span><b>{_safe(label)}</b> {_safe(value)}</span> " for label, value in summary.facts)
    body = "".join(_section(block, summary.caution) for block in summary.blocks)
    language = "zh-CN" if summary.language == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{_safe(summary.title)}</title><style>{_STYLE}</style></head><body>\n"
        f'<header><h1>{_safe(summary.title)} · {_safe(summary.clinic)}</h1><p class="name">{_safe(summary.name)}</p>'
        f'<p class="facts">{facts}</p></header>\n<main>{body}</main>\n'
        f"<footer>{_safe(summary.footer)} {_safe(summary.caution)}</footer></body></html>\n"
    ).encode()


def _section(block: Block, caution: str) -> str:
    lines = "".join(f"<p>{_safe(line)}</p>" for line in block.lines)
    note = "" if block.role is Role.PLAIN else f'<p class="caution">{_safe(caution)}</p>'
    return f'<section class="{block.role}"><h2>{_safe(block.heading)}</h2><div>{lines}{note}</div></section>\n'


def _safe(text: str) -> str:
    return escape(text, quote=True)
