/** What the page of a received HTML email may fetch: nothing, or pictures of whomever, once a person has asked for them. */
export const framePolicy = ({ pictures }: { pictures: boolean }): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src data:${pictures ? ' https: http:' : ''}; font-src data:`

/**
 * A received HTML email as a page for a frame without scripts, forms or an origin. An email that loads pictures from elsewhere lets
 * their owner know that it was opened: unless a person has asked for them, nothing is fetched for it.
 */
export function frameDocument(html: string, { pictures = false } = {}): string {
  return [
    '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">',
    `<meta http-equiv="Content-Security-Policy" content="${framePolicy({ pictures })}">`,
    '<style>body{margin:16px;background:#fff;color:#111;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}</style>',
    html,
  ].join('')
}
