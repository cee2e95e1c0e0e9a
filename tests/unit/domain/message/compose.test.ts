import { expect, it } from 'vitest'
import { composeFooter } from '@/domain/message/compose'

const footer = {
  companyName: 'Porter & Co',
  postalAddress: 'Main Street 1\n\n 10115 Berlin',
  unsubscribeUrl: 'https://example.com/u/abc?x=1&y=2',
}

it('adds sender, address and link to text and HTML', () => {
  expect(composeFooter({ text: 'Hi\n\n', html: '<p>Hi</p>' }, footer)).toEqual({
    text: 'Hi\n\nPorter & Co, Main Street 1, 10115 Berlin\nUnsubscribe: https://example.com/u/abc?x=1&y=2\n',
    html:
      '<p>Hi</p>\n<p style="font-size:12px;color:#6b7280">Porter &amp; Co, Main Street 1, 10115 Berlin<br>' +
      '<a href="https://example.com/u/abc?x=1&amp;y=2">Unsubscribe</a></p>\n',
  })
})

it('adds no second link where the body has one', () => {
  const bodies = {
    text: `Stop: ${footer.unsubscribeUrl}`,
    html: '<a href="https://example.com/u/abc?x=1&amp;y=2">stop</a>',
  }
  const { text, html } = composeFooter(bodies, footer)
  expect(text.split(footer.unsubscribeUrl)).toHaveLength(2)
  expect(html?.match(/<a /g)).toHaveLength(1)
  expect(text).toContain('Main Street 1')
})

it('stays inside the HTML document, and leaves an email without HTML without', () => {
  const { html } = composeFooter({ text: 'x', html: '<html><BODY>Hi</BODY></html>' }, footer)
  expect(html).toMatch(/^<html><BODY>Hi<p .*<\/p>\n<\/BODY><\/html>$/)
  expect(composeFooter({ text: 'x', html: null }, footer).html).toBeNull()
})

it('puts the signature between body and footer, escaped in HTML', () => {
  const { text, html } = composeFooter(
    { text: 'Hi', html: '<p>Hi</p>' },
    { ...footer, signature: 'Sam <sam@x.example>\nSales' },
  )
  expect(text).toMatch(/^Hi\n\nSam <sam@x\.example>\nSales\n\nPorter/)
  expect(html).toContain('<p>Sam &lt;sam@x.example&gt;<br>Sales</p>\n<p style')
})

it('names the company once where the address begins with it', () => {
  const { text } = composeFooter({ text: 'Hi', html: null }, { ...footer, postalAddress: 'PORTER & CO\nMain Street 1' })
  expect(text).toContain('\n\nPORTER & CO, Main Street 1\n')
})

it('stands before the end of the body, whatever letters stand before it', () => {
  // The small letter of İ is longer than itself.
  const html = `<html><body>${'İstanbul '.repeat(40)}</body></html>`
  expect(composeFooter({ text: 'x', html }, footer).html).toMatch(/İstanbul <p .*<\/p>\n<\/body><\/html>$/)
})
