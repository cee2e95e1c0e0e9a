import { describe } from 'vitest'
import { changeCampaigns } from './scenarios/change-campaigns'
import { testInShort } from './support/short'

describe('campaigns that change while they are sent', () => {
  testInShort([changeCampaigns])
})
