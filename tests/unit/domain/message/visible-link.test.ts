import { describe, expect, it } from 'vitest'
import { composeFooter } from '@/domain/message/compose'
import { showsLink } from '@/domain/message/visible-link'

const URL = 'https://example.com/u/abc?x=1&y=2'
const HREF = 'https://example.com/u/abc?x=1&amp;y=2'
const link = `<a href="${HREF}">`

describe('a link that a reader sees', () => {
  it.each([
    ['words', `<p>${link}stop</a></p>`],
    ['words in another element', `${link}<b>stop</b></a>`],
    ['single quotes and other attributes', `<a class="x" title="a > b" href='${HREF}' target="_blank">stop</a>`],
    ['no quotes', `<a href=${URL}>stop</a>`],
    ['a picture', `${link}<img src="stop.png" alt="Stop"></a>`],
    ['the bare address as text', `<p>Stop: ${HREF}</p>`],
    ['upper case', `<A HREF="${HREF}">STOP</A>`],
    ['one beside a hidden one', `<div style="display:none">${link}x</a></div><p>${link}stop</a></p>`],
    ['one after a comment', `<!-- ${link}x</a> -->${link}stop</a>`],
    ['an element that was closed before', `<span hidden>x</span>${link}stop</a>`],
    ['small but readable words', `<p style="font-size:0.8em">${link}stop</a></p>`],
  ])('%s', (_what, html) => expect(showsLink(html, URL)).toBe(true))

  it.each([
    ['a comment', `<!-- ${link}stop</a> --><p>Hi</p>`],
    ['a comment that never ends', `<p>Hi</p><!-- ${link}stop</a>`],
    ['a conditional comment', `<!--[if mso]>${link}stop</a><![endif]-->`],
    ['another attribute', `<p title="${HREF}">Hi</p>`],
    ['the address of another link', `<a href="https://example.com/?to=${HREF}">Hi</a>`],
    ['the address of a picture', `<img src="${HREF}">`],
    ['a link without words', `${link}</a><p>Hi</p>`],
    ['a link with blanks', `${link}&nbsp; \u200b</a><p>Hi</p>`],
    ['an element that is not shown', `<div style="color:red; display: none"><p>${link}stop</a></p></div>`],
    ['a link that is not shown', `<a style='visibility:hidden' href="${HREF}">stop</a>`],
    ['letters of no size', `<p style="font-size:0px">${link}stop</a></p>`],
    ['the attribute hidden', `<p hidden>${link}stop</a></p>`],
    ['the head', `<html><head><title>${HREF}</title></head><body>Hi</body></html>`],
    ['a style', `<style>a { background: url(${URL}) }</style>`],
    ['a hidden picture', `${link}<img style="display:none" src="x.png"></a>`],
    ['nowhere', '<p>Hi</p>'],
  ])('is not one in %s', (_what, html) => {
    expect(showsLink(html, URL)).toBe(false)
    const sent = composeFooter(
      { text: 'Hi', html },
      { companyName: '', postalAddress: 'Main Street 1', unsubscribeUrl: URL },
    )
    expect(sent.html).toContain(`${link}Unsubscribe</a>`)
  })

  it('is looked for once through the body, however it is nested', () => {
    const deep = `${'<b><i>'.repeat(40_000)}${'</u></b>'.repeat(40_000)}<!-- ${HREF} -->`
    expect(showsLink(deep, URL)).toBe(false)
    expect(showsLink(`${deep}${'<a '.repeat(40_000)}`, URL)).toBe(false)
  })
})
