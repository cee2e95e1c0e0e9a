import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providerMessageId } from '@/domain/conversation/provider-id'
import { ACCEPTED_ANSWERS, OURS } from '../../../fixtures/accepted-answers'

describe('Message-IDs that providers put in place of ours', () => {
  it('knows at least 40 different answers, of which some name an id and most do not', () => {
    expect(new Set(ACCEPTED_ANSWERS.map(({ host, response }) => `${host} ${response}`)).size).toBeGreaterThanOrEqual(40)
    expect(ACCEPTED_ANSWERS.filter(({ id }) => id !== null).length).toBeGreaterThanOrEqual(12)
  })

  it.each(ACCEPTED_ANSWERS)('$server: $response', ({ host, response, id }) => {
    expect(providerMessageId({ host, response, messageId: OURS })).toBe(id)
  })

  it.each(ACCEPTED_ANSWERS.filter(({ id }) => id !== null))(
    'learns nothing from $server when that id is ours',
    (one) => {
      expect(providerMessageId({ ...one, messageId: one.id ?? '' })).toBeNull()
    },
  )

  it('reads an answer that came in several lines', () => {
    const response =
      '250 2.0.0 OK <CH0PR11MB54119@CH0PR11MB5411.namprd11.prod.outlook.com>\r\n [Hostname=CH0PR11MB5411.namprd11.prod.outlook.com]'
    expect(providerMessageId({ host: 'smtp.office365.com', response, messageId: OURS })).toBe(
      '<CH0PR11MB54119@CH0PR11MB5411.namprd11.prod.outlook.com>',
    )
  })

  it('takes no id from the words of any other answer', () => {
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), (words, address) => {
        const response = `250 ${words} <${address}>`
        expect(providerMessageId({ host: 'smtp.nexa.example', response, messageId: OURS })).toBeNull()
      }),
    )
  })
})
