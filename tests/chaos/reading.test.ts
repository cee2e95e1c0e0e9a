import { describe } from 'vitest'
import { missingMailServers } from '../support/mail-servers/packages'
import { killAnsweringWorkers } from './scenarios/kill-answering-workers'
import { killReaders } from './scenarios/kill-readers'
import { testInShort } from './support/short'

describe.skipIf(missingMailServers() !== null)('reading that is disturbed', () => {
  testInShort([killReaders, killAnsweringWorkers])
})
