import { describe, expect, it } from 'vitest'
import { readDomain } from '@/components/campaigns/criteria/criteria-values'
import { addTokens, readTrimmed, splitTokens } from '@/components/ui/fields/tokens'

describe('several short texts', () => {
  it('parts a pasted list by lines and semicolons, and by commas only where texts hold none', () => {
    expect(splitTokens('Kiel, Germany\nPorto; Leeds', false)).toEqual(['Kiel, Germany', 'Porto', 'Leeds'])
    expect(splitTokens(' Founder, Head of Sales,, ', true)).toEqual(['Founder', 'Head of Sales'])
  })

  it('takes none twice, whatever its case, and no more than may be', () => {
    const add = (before: string[], texts: string[], most = 3) => addTokens(before, texts, { most, read: readTrimmed })
    expect(add(['Kiel'], ['kiel', 'Porto']).tokens).toEqual(['Kiel', 'Porto'])
    expect(add(['a', 'b'], ['c', 'd', 'e'])).toEqual({
      tokens: ['a', 'b', 'c'],
      refused: ['d', 'e'],
      problem: 'At most 3 can be given.',
    })
  })

  it('leaves what cannot be read to be fixed, and takes the rest', () => {
    const result = addTokens([], ['https://www.nexa.example/about', 'no domain', 'Halden.example'], {
      most: 10,
      read: readDomain,
    })
    expect(result.tokens).toEqual(['nexa.example', 'halden.example'])
    expect(result.refused).toEqual(['no domain'])
    expect(result.problem).toBe('“no domain” is not a domain, such as company.com.')
  })

  it('reads the domain out of an address, too', () => {
    expect(readDomain('sam@nexa.example')).toEqual({ value: 'nexa.example' })
    expect(readDomain('nexa.example:8080/x?y#z')).toEqual({ value: 'nexa.example' })
  })
})
