import { expect, it } from 'vitest'
import { returnDateIn } from '@/domain/conversation/automatic/return-date'
import { isFromServer } from '@/domain/conversation/bounce/shapes'
import { othersIn } from '@/domain/conversation/own'
import { fieldsIn } from '@/domain/conversation/received-message'
import { beginsLikeAnswer, withoutAnswerPrefix } from '@/domain/conversation/subject'
import { findForeignTags } from '@/domain/message/foreign-tags'
import { readMessage } from '@/mail/read-message'
import { withinBound } from '../../../support/within-bound'

const MANY = 400_000
const BLANKS = ' '.repeat(MANY)
const message = await readMessage(Buffer.from('From: Ada <ada@nordwind.example>\r\nTo: sam@nexa.example\r\n\r\nHi\r\n'))

it('reads the fields of a block with endless blanks or endlessly continued lines', () => {
  expect(withinBound(() => fieldsIn(`Status:${BLANKS}\r5.1.1\nAction: failed`))).toEqual([
    { name: 'status', value: '5.1.1' },
    { name: 'action', value: 'failed' },
  ])
  const continued = withinBound(() => fieldsIn(`X:\r\n${' line of some words\r\n'.repeat(MANY)}`))
  expect(continued[0]?.value).toHaveLength(MANY * 'line of some words '.length - 1)
})

it('looks for a server’s name in a From header of blanks', () => {
  const headers = [{ name: 'from', value: `${BLANKS}a` }]
  expect(withinBound(() => isFromServer({ ...message, from: null, headers }))).toBe(false)
  expect(isFromServer({ ...message, from: null, headers: [{ name: 'from', value: ' Server  < > ' }] })).toBe(true)
})

it('takes the tag off an address of ours, and looks through one of endless signs', () => {
  const own = new Set(['sam@nexa.example'])
  const to = (address: string) => ({ ...message, to: [{ name: '', address }], cc: [] })
  expect(othersIn(to('sam+outreach+2@nexa.example'), own)).toEqual([])
  const long = `a@${'+'.repeat(MANY)}`
  expect(withinBound(() => othersIn(to(long), own))).toEqual([long])
})

it('tells the beginning of an answer, however many blanks stand in it', () => {
  expect(withinBound(() => beginsLikeAnswer(`Re${BLANKS}x`))).toBe(false)
  expect(withinBound(() => withoutAnswerPrefix(`Re${BLANKS}x`))).toBe(`Re${BLANKS}x`)
  expect(withoutAnswerPrefix(' Re : AW [2] : RE(3): Hello')).toBe('Hello')
  expect(beginsLikeAnswer('Re [2] : Hello')).toBe(true)
})

it('looks for the day of a return where endless days are named', () => {
  const written = { at: new Date('2026-11-30T10:00:00Z'), utcOffsetMinutes: 60 }
  const text = `Back on 14 December. ${'de retour le 5 janvier '.repeat(300_000)}`
  expect(withinBound(() => returnDateIn(text, written))).toMatchObject({ day: '2027-01-05' })
})

it('cuts what no message needs: subjects, addresses and dates of any length', async () => {
  const read = await readMessage(
    Buffer.from(
      [
        `From: ada@nordwind.example`,
        `To: ${'x'.repeat(400)}@nexa.example, sam@nexa.example`,
        `Subject: ${'letters '.repeat(20_000).slice(0, -1)}`,
        `Date: Mon, 14 Dec 2026 10:00:00 +0100 ${'(x) '.repeat(10_000)}`,
        '',
        'Hi',
      ].join('\r\n'),
    ),
  )
  expect(read.subject).toHaveLength(1_999)
  expect(read.to.map(({ address }) => address)).toEqual(['sam@nexa.example'])
  expect([read.sentAt?.toISOString(), read.utcOffsetMinutes]).toEqual(['2026-12-14T09:00:00.000Z', 60])
})

it('looks for tags of other programs where placeholders are never closed', () => {
  const found = (bodyText: string) =>
    withinBound(() => findForeignTags({ subject: '', bodyText }).map(({ text }) => text))
  expect(found(`[company] ${'{{'.repeat(MANY)}`)).toEqual(['[company]'])
  expect(found(`[company] ${'{% raw '.repeat(MANY / 2)}`)).toEqual(['[company]'])
  expect(found('{% raw %}[city]{{ x }}{% endraw %} [company] {{ [city] }} {% if [city] %}')).toEqual(['[company]'])
  expect(found('{% raw %} [city] {{')).toEqual(['[city]'])
})
