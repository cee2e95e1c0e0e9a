import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalSubject, subjectsAgree } from '@/domain/conversation/subject'
import { replySubject } from '@/domain/message/headers'

const SUBJECT = 'A quieter warehouse at Nordwind'

describe('subjects for comparison', () => {
  it.each([
    `Re: ${SUBJECT}`,
    `RE: Re: re: ${SUBJECT}`,
    `AW: WG: ${SUBJECT}`,
    `Antwort: ${SUBJECT}`,
    `SV: ${SUBJECT}`,
    `RV: Fwd: ${SUBJECT}`,
    `Re[2]: ${SUBJECT}`,
    `Re (3): ${SUBJECT}`,
    `TR : ${SUBJECT}`,
    `R: I: ${SUBJECT}`,
    `回复：${SUBJECT}`,
    `[EXTERNAL] Re: ${SUBJECT}`,
    `Re: [EXT] ${SUBJECT}`,
    `***SPAM*** Re: ${SUBJECT}`,
    `Automatic reply: ${SUBJECT}`,
    `Automatische Antwort: ${SUBJECT}`,
    `  Re:   A quieter\twarehouse   at Nordwind `,
  ])('%s is the same', (subject) => {
    expect(canonicalSubject(subject)).toBe('a quieter warehouse at nordwind')
  })

  it.each(['Reference: 4711', 'Refund for order 12', 'Airport: a proposal'])('%s keeps its beginning', (subject) => {
    expect(canonicalSubject(subject)).toBe(subject.toLowerCase())
  })

  it('agree where one is cut off, and not where only few letters are the same', () => {
    expect(subjectsAgree(`Re: ${SUBJECT}`, 'Re: A quieter warehouse at…')).toBe(true)
    expect(subjectsAgree('Re: Hello', 'Hello again')).toBe(false)
    expect(subjectsAgree(SUBJECT, 'Invoice 4711')).toBe(false)
    expect(subjectsAgree('', SUBJECT)).toBe(false)
  })

  it('never grow, and stay as they are when read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (subject) => {
        const once = canonicalSubject(subject)
        expect(canonicalSubject(`Re: ${subject}`)).toBe(once)
      }),
    )
  })
})

describe('the subject of an answer', () => {
  it.each([SUBJECT, `Re: ${SUBJECT}`, `AW: Re: ${SUBJECT}`, `Antw: ${SUBJECT}`, `Re[2]: ${SUBJECT}`])(
    'of %s has "Re: " once',
    (subject) => {
      expect(replySubject(subject)).toBe(`Re: ${SUBJECT}`)
    },
  )

  it('keeps a subject that begins like a reference', () => {
    expect(replySubject('Ref: 4711')).toBe('Re: Ref: 4711')
  })
})
