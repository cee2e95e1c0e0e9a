/**
 * HTML of an email, in a frame that has no script, no form, no way to this page and no origin. Mail programs show emails on
 * white, whatever the theme here.
 */
export function EmailFrame({ html }: { html: string }) {
  return (
    <iframe
      title="The email as HTML"
      sandbox=""
      srcDoc={`${HEAD}${html}`}
      className="block h-[420px] w-full resize-y rounded-b-card border-t"
      style={{ backgroundColor: '#fff', colorScheme: 'light' }}
    />
  )
}

const HEAD =
  '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light">' +
  '<style>body{margin:16px;font:14px/1.55 system-ui,sans-serif;color:#1b2530;overflow-wrap:anywhere}img{max-width:100%}</style>'
