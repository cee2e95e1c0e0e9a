import { describe, expect, it } from 'vitest'
import { parseJson } from '@/lead-sources/http/transport'

describe('the JSON of a source', () => {
  it('comes without characters that PostgreSQL stores in no text', () => {
    const odd = String.raw`{"places":[{"name":"Acme\u0000 \ud83d Ltd \ud83d\ude00"}],"page":1,"next":null}`
    expect(parseJson(odd)).toEqual({ places: [{ name: 'Acme \ufffd Ltd \u{1f600}' }], page: 1, next: null })
    expect(parseJson('<html>')).toBeUndefined()
  })
})
