import { compile } from 'html-to-text'

// Where mail programs keep the message that is answered: Gmail, Outlook (desktop, web, phone), Apple, Yahoo, Proton, Zoho,
// Thunderbird, Samsung, GMX and web.de, Mail.ru, Yandex.
const QUOTED = [
  ...[
    'blockquote[type=cite]',
    'blockquote.gmail_quote',
    'div.gmail_quote',
    'div.gmail_quote_container',
    'div.gmail_extra',
  ],
  ...[
    'div.gmail_attr',
    'div.moz-cite-prefix',
    'div.yahoo_quoted',
    'div.protonmail_quote',
    'blockquote.protonmail_quote',
  ],
  ...['div.zmail_extra', 'blockquote#blockquote_zmail', 'div#isForwardContent', 'blockquote[cite]', 'div[name=quote]'],
  ...[
    'div.tutanota_quote',
    'blockquote.tutanota_quote',
    'div.aolReplacedBody',
    'blockquote.iosymail',
    'div#composeWebView_previouse_content',
  ],
]
// From here on everything is quoted, though it stands beside and not within.
const QUOTE_BEGINS = [
  ...['div#divRplyFwdMsg', 'div#appendonsend', 'div#mail-editor-reference-message-container', 'hr#stopSpelling'],
  ...[
    'div[style*="border-top:solid #E1E1E1"]',
    'div[style*="border-top:solid #B5C4DF"]',
    'div[style*="border-top: 1pt solid"]',
  ],
  ...[
    'div.ms-outlook-mobile-reference-message',
    'div#reply-intro',
    'span.OutlookMessageHeader',
    'div.WordSection1 > hr',
  ],
]
const SIGNATURES = [
  'div.gmail_signature',
  'div#Signature',
  'div#ms-outlook-mobile-signature',
  'div.moz-signature',
  'pre.moz-signature',
]

/** A line that stands where the quoted message begins; no message contains it. */
const QUOTE_LINE = '\uE0F0'

// More is decoration: an answer stands at the beginning.
const LONGEST_HTML = 150_000

const whole = converter([])
const newest = converter([
  ...[...QUOTED, ...SIGNATURES].map((selector) => ({ selector, format: 'skip' })),
  ...QUOTE_BEGINS.map((selector) => ({ selector, format: 'blockString', options: { string: QUOTE_LINE } })),
])

function converter(selectors: { selector: string; format: string; options?: { string: string } }[]) {
  const heading = { uppercase: false }
  return compile({
    wordwrap: false,
    limits: { maxDepth: 200, maxChildNodes: 5_000, ellipsis: '' },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'title', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: heading })),
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...selectors,
    ],
  })
}

/** HTML as plain text, quoted messages included. Links and images are left out. */
export const textOfHtml = (html: string): string => whole(html.slice(0, LONGEST_HTML))

/** HTML as plain text, without what its program marks as quoted or as signature; '' where nothing is left. */
export const newTextOfHtml = (html: string): string =>
  newest(html.slice(0, LONGEST_HTML)).split(QUOTE_LINE)[0]?.trim() ?? ''
