import { expect, it } from 'vitest'
import { MAX_TEMPLATE_FAULTS } from '@/domain/delivery/template-faults'

it('template faults in a row pause a campaign at the third', () => {
  expect(MAX_TEMPLATE_FAULTS).toBe(3)
})
