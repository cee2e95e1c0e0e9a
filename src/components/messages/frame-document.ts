/**
 * A received HTML email as a page for a frame without scripts, forms or an origin. Nothing is fetched for it: an email that
 * loads pictures from elsewhere would let their owner know that it was opened.
 */
export function frameDocument(html: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
  return [
    '<!doctype html><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<style>body{margin:16px;background:#fff;color:#111;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}</style>',
    html,
  ].join('')
}
