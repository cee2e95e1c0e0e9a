import { describe, expect, it } from 'vitest'
import { newText } from '@/domain/conversation/new-text'

const ofText = (text: string) => newText({ text, html: '' })
const ofHtml = (html: string) => newText({ text: '', html })
const QUOTED = '> Hello\n> Unsubscribe: https://app.nexa.example/u/1'

const QUOTES: readonly [program: string, quote: string][] = [
  ['Gmail, English', `On Mon, Dec 14, 2026 at 10:00 AM Sam Lee <sam@nexa.example> wrote:\n\n${QUOTED}`],
  [
    'Gmail, a long name over two lines',
    `On Mon, Dec 14, 2026 at 10:00 AM Sam Lee From The Long Company\n<sam@nexa.example> wrote:\n\n${QUOTED}`,
  ],
  ['Gmail, German', `Am Mo., 14. Dez. 2026 um 10:00 Uhr schrieb Sam Lee <sam@nexa.example>:\n\n${QUOTED}`],
  [
    'Gmail, German, broken at the address',
    `Am Mo., 14. Dez. 2026 um 10:00 Uhr schrieb Sam Lee <\nsam@nexa.example>:\n\n${QUOTED}`,
  ],
  ['Gmail, French', `Le lun. 14 déc. 2026 à 10:00, Sam Lee <sam@nexa.example> a écrit :\n\n${QUOTED}`],
  ['Gmail, Spanish', `El lun, 14 dic 2026 a las 10:00, Sam Lee (<sam@nexa.example>) escribió:\n\n${QUOTED}`],
  ['Gmail, Italian', `Il giorno lun 14 dic 2026 alle ore 10:00 Sam Lee <sam@nexa.example> ha scritto:\n\n${QUOTED}`],
  ['Gmail, Dutch', `Op ma 14 dec 2026 om 10:00 schreef Sam Lee <sam@nexa.example>:\n\n${QUOTED}`],
  ['Gmail, Portuguese', `Em seg., 14 de dez. de 2026 às 10:00, Sam Lee <sam@nexa.example> escreveu:\n\n${QUOTED}`],
  ['Gmail, Swedish', `Den mån 14 dec. 2026 kl 10:00 skrev Sam Lee <sam@nexa.example>:\n\n${QUOTED}`],
  [
    'Outlook',
    '________________________________\nFrom: Sam Lee <sam@nexa.example>\nSent: Monday, December 14, 2026 10:00 AM\nTo: Ute\nSubject: Hi\n\nHello, unsubscribe here',
  ],
  [
    'Outlook without an address',
    'From: Sam Lee\nSent: Monday, December 14, 2026 10:00 AM\nTo: Ute\nSubject: Hi\n\nHello, unsubscribe here',
  ],
  ['Outlook, bold labels', '*From:* Sam Lee\n*Sent:* Monday, December 14, 2026\n*To:* Ute\n*Subject:* Hi\n\nHello'],
  [
    'Outlook, German',
    'Von: Sam Lee <sam@nexa.example>\nGesendet: Montag, 14. Dezember 2026 10:00\nAn: Ute\nBetreff: Hallo\n\nHallo, abmelden',
  ],
  [
    'Outlook, French',
    'De : Sam Lee <sam@nexa.example>\nEnvoyé : lundi 14 décembre 2026 10:00\nÀ : Ute\nObjet : x\n\nBonjour',
  ],
  ['Outlook, Swedish', 'Från: Sam Lee <sam@nexa.example>\nSkickat: den 14 december 2026\nTill: Ute\nÄmne: x\n\nHej'],
  ['Outlook, Dutch', 'Van: Sam Lee\nVerzonden: maandag 14 december 2026\nAan: Ute\nOnderwerp: x\n\nHallo'],
  ['iPhone', 'Sent from my iPhone\n\n> On 14 Dec 2026, at 10:00, Sam Lee <sam@nexa.example> wrote:\n> \n> Hello'],
  [
    'Samsung',
    '-------- Ursprüngliche Nachricht --------\nVon: Sam Lee <sam@nexa.example>\nDatum: 14.12.26 10:00\nAn: Ute\nBetreff: x\n\nHallo',
  ],
  [
    'Yahoo',
    'On Monday, December 14, 2026 at 10:00:00 AM GMT+1, Sam Lee <sam@nexa.example> wrote:  \n \n Hello there\n\nUnsubscribe: https://x',
  ],
  ['Original message', '-----Original Message-----\nFrom: Sam\nSent: x\nTo: y\nSubject: z\n\nHello'],
  [
    'Forwarded',
    '---------- Forwarded message ---------\nFrom: Sam Lee <sam@nexa.example>\nDate: Mon\nSubject: x\n\nHello',
  ],
]

describe('what somebody has newly written', () => {
  it.each(QUOTES)('ends where %s quotes', (_program, quote) => {
    expect(ofText(`Yes, on Tuesday.\n\n${quote}`)).toBe('Yes, on Tuesday.')
  })

  it.each(QUOTES)('is nothing where %s quotes and nothing else stands', (_program, quote) => {
    expect(ofText(quote)).toBe('')
  })

  it('is kept between and below quoted lines', () => {
    expect(ofText('> When?\n\nTuesday.\n\n> Who?\n\nMax and I.')).toBe('Tuesday.\n\nMax and I.')
    expect(ofText('On 14/12/2026 10:00, Sam Lee wrote:\n> Hello\n> there\n\nPlease remove me.')).toBe(
      'Please remove me.',
    )
  })

  it.each([
    'Kind regards,',
    'Best regards',
    'Mit freundlichen Grüßen',
    'Viele Grüße,',
    'MfG',
    'Cordialement,',
    'Un saludo,',
    'Cordiali saluti',
    'Met vriendelijke groet,',
    'Cumprimentos,',
    'Med vänlig hälsning',
    '-- ',
  ])('ends at the closing formula %j', (formula) => {
    expect(
      ofText(`It suits us.\n\n${formula}\nUte Winter\nNordwind GmbH\nTo unsubscribe from our newsletter, click here.`),
    ).toBe('It suits us.')
  })

  it('keeps sentences that only begin like a quote or a formula', () => {
    expect(ofText('From: what I can see, this is not for us.\n\nUte')).toBe(
      'From: what I can see, this is not for us.\n\nUte',
    )
    expect(ofText('Hi Sam,\n\nOn Tuesday I wrote a plan: we need it.')).toBe(
      'Hi Sam,\n\nOn Tuesday I wrote a plan: we need it.',
    )
    expect(ofText('Thanks\nfor the offer, it suits us.')).toBe('Thanks\nfor the offer, it suits us.')
  })
})

describe('what is new in HTML', () => {
  const ours = '<p>Not interested? <a href="https://app.nexa.example/u/1">Unsubscribe</a></p>'
  it.each([
    [
      'Gmail',
      `<div dir="ltr">Yes.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Sam wrote:</div><blockquote class="gmail_quote">${ours}</blockquote></div>`,
    ],
    [
      'Outlook on the web',
      `<div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Sam</div><div>${ours}</div>`,
    ],
    [
      'Outlook for Windows',
      `<div class="WordSection1"><p>Yes.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Sam</p></div></div>${ours}</div>`,
    ],
    [
      'Outlook for phones',
      `<div>Yes.</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><div id="mail-editor-reference-message-container">${ours}</div>`,
    ],
    ['Apple Mail', `<div>Yes.</div><blockquote type="cite">${ours}</blockquote>`],
    [
      'Thunderbird',
      `<p>Yes.</p><div class="moz-cite-prefix">On 14/12/2026 10:00, Sam wrote:</div><blockquote type="cite" cite="mid:1">${ours}</blockquote>`,
    ],
    ['Yahoo', `<div>Yes.</div><div class="yahoo_quoted"><div>On Monday, Sam wrote:</div>${ours}</div>`],
    [
      'Proton',
      `<div>Yes.</div><div class="protonmail_quote">On Monday, Sam wrote:<blockquote class="protonmail_quote">${ours}</blockquote></div>`,
    ],
    ['GMX', `<div>Yes.</div><div name="quote"><div><b>Gesendet:</b> Montag</div>${ours}</div>`],
  ])('of %s ends at its quote', (_program, html) => {
    expect(
      ofHtml(`<html><head><style>p { color: red }</style><title>x</title></head><body>${html}</body></html>`),
    ).toBe('Yes.')
  })

  it('is kept below a quote', () => {
    expect(
      ofHtml(
        `<div class="moz-cite-prefix">On Monday, Sam wrote:</div><blockquote type="cite">${ours}</blockquote><p>Please remove me.</p>`,
      ),
    ).toBe('Please remove me.')
  })

  it('is read from the text part where the HTML holds nothing new', () => {
    expect(newText({ text: 'Yes.', html: `<blockquote type="cite">${ours}</blockquote>` })).toBe('Yes.')
  })

  it('is text: no tags, links or pictures', () => {
    expect(
      ofHtml(
        '<p>Caf&eacute; &amp; <b>tea</b><br>at <a href="https://x.example">ours</a><img src="https://t.example/1.gif" alt="dot"></p>',
      ),
    ).toBe('Café & tea\nat ours')
  })
})
