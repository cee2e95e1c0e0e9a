import { describe, expect, it } from 'vitest'
import { returnDateIn } from '@/domain/conversation/automatic/return-date'

// Friday, 18 December 2026, in Berlin and in New York.
const BERLIN = { at: new Date('2026-12-18T09:00:00Z'), utcOffsetMinutes: 60 }
const NEW_YORK = { at: new Date('2026-12-18T18:00:00Z'), utcOffsetMinutes: -300 }

const DATES: readonly [text: string, day: string][] = [
  ['I am out of the office until Monday.', '2026-12-21'],
  ['I am away and will be back on the 12th. For urgent matters call 555.', '2027-01-12'],
  ['back on January 12th, 2027', '2027-01-12'],
  ['I will return on Monday, January 11', '2027-01-11'],
  ['I am on leave from 22 December to 5 January.', '2027-01-05'],
  ['Out of office 22/12 - 05/01', '2027-01-05'],
  ['I will be back on 05/01/2027', '2027-01-05'],
  ['returning 2027-01-12', '2027-01-12'],
  ['back in two weeks', '2027-01-01'],
  ['I will be back tomorrow.', '2026-12-19'],
  ['We are closed between 24 December and 3 January', '2027-01-03'],
  ['Ich bin bis Montag nicht im Büro', '2026-12-21'],
  ['Ich bin ab dem 12. Januar wieder erreichbar', '2027-01-12'],
  ['bis einschließlich 5. Januar 2027', '2027-01-05'],
  ['bis zum 5.1. nicht erreichbar', '2027-01-05'],
  ['vom 22.12.2026 bis einschl. 05.01.2027', '2027-01-05'],
  ['Ich bin wieder am 12. zurück', '2027-01-12'],
  ['Wir haben Betriebsferien vom 24. Dezember bis 6. Januar', '2027-01-06'],
  ["jusqu'au lundi 11 janvier", '2027-01-11'],
  ['absente jusqu’au 05/01/2027 inclus', '2027-01-05'],
  ['du 22 décembre au 5 janvier inclus', '2027-01-05'],
  ["jusqu'au 12", '2027-01-12'],
  ['Je serai de retour lundi', '2026-12-21'],
  ['hasta el 12 de enero', '2027-01-12'],
  ['del 22 de diciembre al 5 de enero', '2027-01-05'],
  ['hasta el día 12', '2027-01-12'],
  ['Volveré el 07/01/2027', '2027-01-07'],
  ['fino al 12 gennaio', '2027-01-12'],
  ['dal 22 dicembre al 5 gennaio', '2027-01-05'],
  ['rientrerò il 12', '2027-01-12'],
  ['tot en met 5 januari', '2027-01-05'],
  ['van 22 december t/m 5 januari afwezig', '2027-01-05'],
  ['terug op 12 januari 2027', '2027-01-12'],
  ['até 12 de janeiro', '2027-01-12'],
  ['de 22 de dezembro a 5 de janeiro', '2027-01-05'],
  ['até ao dia 5', '2027-01-05'],
  ['till måndag', '2026-12-21'],
  ['Jag är på semester t.o.m. 3 januari', '2027-01-03'],
  ['åter den 11/1', '2027-01-11'],
]

describe('return dates', () => {
  it.each(DATES)('%s', (text, day) => {
    expect(returnDateIn(text, BERLIN)?.day).toBe(day)
  })

  it('read the month first from America alone', () => {
    expect(returnDateIn('I will be back on 01/05/2027', NEW_YORK)?.day).toBe('2027-01-05')
    expect(returnDateIn('I will be back on 01/02/2027', BERLIN)?.day).toBe('2027-02-01')
    expect(returnDateIn('bis 05.01.2027', NEW_YORK)?.day).toBe('2027-01-05')
  })

  it('count from the sender’s own calendar day', () => {
    const lateInTokyo = { at: new Date('2026-12-18T16:00:00Z'), utcOffsetMinutes: 540 }
    expect(returnDateIn('I will be back tomorrow.', lateInTokyo)?.day).toBe('2026-12-20')
  })

  it('take the latest of several', () => {
    const text = 'Ich bin bis zum 5. Januar nicht im Büro.\n\nI am out of the office until 4 January.'
    expect(returnDateIn(text, BERLIN)?.day).toBe('2027-01-05')
  })

  it('may be the day of the message, and no earlier one', () => {
    expect(returnDateIn('out of office until 18 December 2026', BERLIN)?.day).toBe('2026-12-18')
    expect(returnDateIn('out of office until 17 December 2026', BERLIN)).toBeNull()
  })

  it('may be 100 days off, and no more', () => {
    expect(returnDateIn('I am away until 28 March 2027', BERLIN)?.day).toBe('2027-03-28')
    expect(returnDateIn('I am away until 29 March 2027', BERLIN)).toBeNull()
  })

  it.each([
    'I will get back to you as soon as possible',
    'I am out of the office until 12 noon',
    'valid until further notice',
    'We are open Monday to Friday from 9 to 5',
    'von Montag bis Freitag von 9 bis 17 Uhr',
    'du lundi au vendredi de 9h à 18h',
    'I am on maternity leave until September 2027',
    'out until 31 February 2027',
    'Your ticket 12/34 was received on 1 January 2027',
    '',
  ])('none in %j', (text) => {
    expect(returnDateIn(text, BERLIN)).toBeNull()
  })

  it('keep the words they were read from', () => {
    expect(returnDateIn('Hi. I am away until Monday. Bye.', BERLIN)).toEqual({
      day: '2026-12-21',
      words: 'until Monday',
    })
  })
})
