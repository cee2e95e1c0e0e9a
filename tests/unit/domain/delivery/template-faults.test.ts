import { describe, expect, it } from 'vitest'
import type { Verdict } from '@/domain/delivery/outcome'
import { countTemplateFaults, MAX_TEMPLATE_FAULTS } from '@/domain/delivery/template-faults'

const sent = { id: 'sent', verdict: { kind: 'sent', response: '250 ok' } satisfies Verdict }
const retry = { id: 'retry', verdict: { kind: 'retry', reason: '451' } satisfies Verdict }
const fault = (id: string) => ({ id, verdict: { kind: 'template', reason: `552 ${id}` } satisfies Verdict })

describe('template faults in a row', () => {
  it('pause a campaign at the third', () => {
    expect(MAX_TEMPLATE_FAULTS).toBe(3)
  })

  it('are counted in the order of the batch, from zero when any email of it was accepted', () => {
    const count = countTemplateFaults([fault('a'), sent, fault('b')], false)
    expect(count).toEqual({ restarts: true, faults: [fault('a'), fault('b')], isZero: false })
  })

  it('go on from batch to batch while nothing is accepted', () => {
    expect(countTemplateFaults([fault('a'), retry], false)).toEqual({
      restarts: false,
      faults: [fault('a')],
      isZero: false,
    })
    expect(countTemplateFaults([retry], false)).toEqual({ restarts: false, faults: [], isZero: false })
  })

  it('are set to zero once, not again with every accepted batch', () => {
    const first = countTemplateFaults([sent], false)
    expect(first).toEqual({ restarts: true, faults: [], isZero: true })
    expect(countTemplateFaults([sent], first.isZero)).toEqual({ restarts: false, faults: [], isZero: true })
  })

  it('are known not to be zero after a fault, so that the next accepted email sets them to zero', () => {
    const { isZero } = countTemplateFaults([fault('a')], true)
    expect(isZero).toBe(false)
    expect(countTemplateFaults([sent], isZero).restarts).toBe(true)
  })
})
