import { describe, expect, it } from 'vitest'
import { normaliseWebsite } from '@/domain/lead/normalise'
import { shownWebsite } from '@/domain/lead/website'
import { EXAMPLE_VALUES } from '@/domain/message/lint'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'

const sender = { name: 'Sam Porter', email: 'sam@example.com' }
const render = (bodyText: string, bodyHtml: string | null, website: string | null, customFields = {}) => {
  const lead = { email: 'a@x.example', website: website && normaliseWebsite(website), customFields }
  const rendered = renderMessage({ subject: 'x', bodyText, bodyHtml }, variablesOf(lead, sender, { name: 'Autumn' }))
  return rendered.ok ? { text: rendered.text, html: rendered.html } : rendered.reason
}

describe('a website', () => {
  it('reads as people write it in a sentence, and works in a link, with or without a scheme in the template', () => {
    const text = 'On {{ website }}: https://{{ website }}'
    const html = '<a href="{{ website }}">{{ website }}</a> <a href=\'http://{{ website }}\'>x</a>'
    expect(render(text, html, 'http://www.fjäll.example/om-öss?utm_source=map')).toEqual({
      text: 'On fjäll.example/om-öss: https://www.xn--fjll-moa.example/om-%C3%B6ss?utm_source=map',
      html:
        '<a href="http://www.xn--fjll-moa.example/om-%C3%B6ss?utm_source=map">fjäll.example/om-öss</a> ' +
        "<a href='http://www.xn--fjll-moa.example/om-%C3%B6ss?utm_source=map'>x</a>",
    })
  })

  it("gives way to the template's own words", () => {
    expect(
      render('{{ website | default: "your site" }} https://{{ website | default: "x.example" }}', null, null),
    ).toEqual({ text: 'your site https://x.example', html: null })
  })

  it('is no second scheme, and neither is any other value', () => {
    expect(render('https://{{ shop }}', null, null, { shop: 'https://shop.example/a' })).toEqual({
      text: 'https://shop.example/a',
      html: null,
    })
  })

  it('stays a variable of the template where that makes one', () => {
    expect(render('{% assign website = "mine.example" %}{{ website }}', null, 'https://x.example')).toMatchObject({
      text: 'mine.example',
    })
  })

  it.each([
    ['https://www.x.example/', 'x.example'],
    ['x.example:8080/a?b=1&utm_medium=y', 'x.example:8080/a?b=1'],
    ['https://xn--80aswg.xn--p1ai', 'сайт.рф'],
    ['https://xn--lgbbat1ad8j.example', 'الجزائر.example'],
    ['https://x.example/a%20b', 'x.example/a%20b'],
    ['https://xn--a.example', 'xn--a.example'],
    ['see us', 'see us'],
  ])('%s is shown as %s', (website, shown) => {
    expect(shownWebsite(website)).toBe(shown)
  })
})

it('the example of the editor has the form of real values', () => {
  const template = { subject: 'x', bodyText: '{{ website }}', bodyHtml: '<a href="{{ website }}">{{ website }}</a>' }
  expect(renderMessage(template, EXAMPLE_VALUES)).toMatchObject({
    text: 'nordwind.example',
    html: '<a href="https://nordwind.example">nordwind.example</a>',
  })
})

it('a value can be part of an address of a link', () => {
  expect(render('https://x.example/?q={{ shop | url_encode }}', null, null, { shop: 'Fjell & Co' })).toMatchObject({
    text: 'https://x.example/?q=Fjell+%26+Co',
  })
})
