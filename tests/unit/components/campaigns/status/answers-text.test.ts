import { describe, expect, it } from 'vitest'
import {
  asOfWords,
  awayWords,
  bouncedWords,
  rateWords,
  repliedWords,
  replyRate,
} from '@/components/campaigns/status/answers-text'

const NOW = new Date('2026-11-23T15:00:00Z')
const READ_AT = new Date('2026-11-23T13:02:00Z')
const ZONE = 'Europe/Berlin'
const NONE = { replied: 0, bounced: 0, unsubscribed: 0, away: 0 }
const notRead = { ...NONE, reading: { mailboxes: 2, read: 0, elsewhere: [], asOf: null } }
const notYet = { ...NONE, reading: { mailboxes: 2, read: 2, elsewhere: [], asOf: null } }
const read = { ...NONE, reading: { mailboxes: 2, read: 2, elsewhere: [], asOf: READ_AT } }

describe('what became of the leads', () => {
  it('is "not read", never 0, where no mailbox is read', () => {
    expect(repliedWords(notRead, ZONE, NOW)).toEqual({ text: 'not read', note: null, isKnown: false })
    expect(bouncedWords(notRead)).toEqual({ text: 'not read', note: null, isKnown: false })
    expect(awayWords(notRead)).toMatchObject({ text: 'not read', isKnown: false })
    expect(repliedWords(notYet, ZONE, NOW)).toMatchObject({ text: 'not read yet', isKnown: false })
    expect(bouncedWords(notYet)).toMatchObject({ text: 'not read yet', isKnown: false })
  })

  it('shows what is known without reading: marked by hand, refused at sending, unsubscribed by the link', () => {
    expect(repliedWords({ ...notRead, replied: 1200 }, ZONE, NOW)).toEqual({
      text: '1,200',
      note: 'others are not read',
      isKnown: true,
    })
    expect(bouncedWords({ ...notRead, bounced: 3, unsubscribed: 2 })).toEqual({
      text: '3',
      note: 'others are not read · 2 unsubscribed',
      isKnown: true,
    })
    expect(bouncedWords({ ...notRead, unsubscribed: 2 })).toMatchObject({ text: 'not read', note: '2 unsubscribed' })
  })

  it('is a 0 as of the time at which all mailboxes were read, with the day when that is another one', () => {
    expect(repliedWords(read, ZONE, NOW)).toEqual({ text: '0', note: 'as of 14:02', isKnown: true })
    expect(asOfWords(read, ZONE, new Date('2026-11-25T09:00:00Z'))).toBe('as of Mon 23 Nov 14:02')
    expect(repliedWords({ ...read, replied: 4, away: 2 }, ZONE, NOW).note).toBe('as of 14:02 · 2 away')
    expect(bouncedWords(read)).toEqual({ text: '0', note: null, isKnown: true })
  })

  it('says of how many mailboxes, where some are not read', () => {
    const some = { ...read, reading: { mailboxes: 3, read: 2, elsewhere: [], asOf: READ_AT } }
    expect(asOfWords(some, ZONE, NOW)).toBe('2 of 3 mailboxes read, as of 14:02')
    const part = '2 of 3 mailboxes read'
    expect(bouncedWords(some)).toEqual({ text: '0', note: part, isKnown: true })
    expect(bouncedWords({ ...some, bounced: 4, unsubscribed: 1 })).toMatchObject({
      text: '4',
      note: `${part} · 1 unsubscribed`,
    })
    expect(awayWords(some)).toEqual({ text: '0', note: part, isKnown: true })
    expect(awayWords({ ...some, away: 2 })).toMatchObject({ text: '2', note: part })
  })

  it('says where replies go that nothing reads: nobody knows of a reply then', () => {
    const elsewhere = ['sales@nexa.example']
    const said = 'replies go to sales@nexa.example, which is not read here'
    const one = { ...read, reading: { mailboxes: 1, read: 1, elsewhere, asOf: READ_AT } }
    expect(repliedWords(one, ZONE, NOW)).toEqual({ text: 'not read', note: said, isKnown: false })
    expect(repliedWords({ ...one, replied: 1 }, ZONE, NOW).note).toBe(`others are not read · ${said}`)
    expect(bouncedWords(one)).toMatchObject({ text: '0', note: null })
    expect(rateWords({ ...one, contacted: 24 })).toBe(said)
    const two = { ...read, reading: { mailboxes: 2, read: 2, elsewhere, asOf: READ_AT } }
    expect(repliedWords(two, ZONE, NOW)).toMatchObject({ text: '0', note: `as of 14:02 · ${said}` })
    expect(rateWords({ ...two, replied: 1, contacted: 24 })).toBe(`at least 4.2 % of 24 leads · ${said}`)
    const both = {
      ...two.reading,
      elsewhere: ['a@nexa.example', 'b@nexa.example', 'a@nexa.example'],
      mailboxes: 3,
      read: 3,
    }
    expect(repliedWords({ ...read, reading: both }, ZONE, NOW).note).toBe(
      'replies go to a@nexa.example, b@nexa.example, which are not read here',
    )
  })

  it('is a rate of all leads only where all mailboxes are read; else it says that it may be more, and why', () => {
    const some = { ...read, contacted: 24, reading: { mailboxes: 3, read: 2, elsewhere: [], asOf: READ_AT } }
    expect(rateWords({ ...read, replied: 1, contacted: 24 })).toBe('4.2 % of 24 leads')
    expect(rateWords({ ...read, contacted: 24 })).toBe('0 % of 24 leads')
    expect(rateWords({ ...some, replied: 1 })).toBe('at least 4.2 % of 24 leads · 2 of 3 mailboxes read')
    expect(rateWords(some)).toBe('2 of 3 mailboxes read')
    for (const unknown of [notRead, notYet]) expect(rateWords({ ...unknown, contacted: 24 })).toBeNull()
  })

  it('is a rate of the leads that got an email, and none without any', () => {
    expect(replyRate({ replied: 1, contacted: 24 })).toBe('4.2 %')
    expect(replyRate({ replied: 3, contacted: 12 })).toBe('25 %')
    expect(replyRate({ replied: 0, contacted: 12 })).toBe('0 %')
    expect(replyRate({ replied: 0, contacted: 0 })).toBeNull()
  })
})
