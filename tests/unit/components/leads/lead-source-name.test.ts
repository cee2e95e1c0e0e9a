import { expect, test } from 'vitest'
import { leadSourceName } from '@/components/leads/lead/lead-source-name'
import { LEAD_SOURCES } from '@/domain/lead-generation/criteria'

test('calls the sources of leads as people do, never by the name of their column', () => {
  expect(LEAD_SOURCES.map(leadSourceName)).toEqual(['Apollo', 'Google Places', 'Hunter'])
  expect(['csv', 'manual', 'partner list'].map(leadSourceName)).toEqual(['CSV file', 'Added by hand', 'partner list'])
})
