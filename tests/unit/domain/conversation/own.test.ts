import { describe, expect, it } from 'vitest'
import { othersIn, ownOf } from '@/domain/conversation/own'
import { received } from '../../../support/conversation/received'

const OWN = new Set(['sam@nexa.example', 'sales@nexa.example', 'team+eu@nexa.example'])
const from = (address: string) => ({ from: { name: '', address } })
const auto = { headers: [{ name: 'auto-submitted', value: 'auto-replied' }] }

describe('what we wrote ourselves', () => {
  it.each(['sam@nexa.example', 'sales@nexa.example', 'sam+news@nexa.example', 'team+eu@nexa.example'])(
    '%s, in any folder',
    (address) => {
      for (const folder of ['inbox', 'archive', 'junk'] as const)
        expect(ownOf(received(from(address)), folder, OWN)).toBe('written')
    },
  )

  it('everything in Sent, whatever From says', () => {
    expect(ownOf(received(from('alias@elsewhere.example')), 'sent', OWN)).toBe('written')
    expect(ownOf(received({ from: null }), 'sent', OWN)).toBe('written')
  })

  it('nothing that others wrote', () => {
    expect(ownOf(received(), 'inbox', OWN)).toBeNull()
    expect(ownOf(received({ from: null }), 'inbox', OWN)).toBeNull()
    expect(ownOf(received(from('samuel@nexa.example')), 'inbox', OWN)).toBeNull()
  })

  it('drafts are sent to nobody', () => {
    expect(ownOf(received(from('sam@nexa.example')), 'drafts', OWN)).toBe('draft')
  })

  it('an absence of our own is no answer by hand', () => {
    expect(ownOf(received({ ...auto, ...from('sam@nexa.example') }), 'sent', OWN)).toBe('machine')
    expect(ownOf(received({ ...auto, ...from('sam@nexa.example') }), 'inbox', OWN)).toBe('machine')
  })

  it('a server’s report from an alias of ours is no word of ours', () => {
    expect(ownOf(received({ ...from('sales@nexa.example'), contentType: 'multipart/report' }), 'inbox', OWN)).toBeNull()
  })

  it('goes to those who are not ourselves', () => {
    const people = (...addresses: string[]) => addresses.map((address) => ({ name: '', address }))
    const message = received({
      to: people('ute@nordwind.example', 'sales@nexa.example'),
      cc: people('max@nordwind.example', 'sam+x@nexa.example'),
    })
    expect(othersIn(message, OWN)).toEqual(['ute@nordwind.example', 'max@nordwind.example'])
  })
})
