import { expect, it } from 'vitest'
import { copyWords } from '@/components/settings/mailboxes/copies/copies-text'

const FILES_NONE = { appendsSent: true, filesSent: false, copyFailure: null, copiesWaiting: 0 }

it('says whether copies of sent emails are put into Sent, by whom, and what keeps them from it', () => {
  expect(copyWords(FILES_NONE)).toEqual({ words: 'A copy of each sent email is put into Sent.', isTrouble: false })
  expect(copyWords({ ...FILES_NONE, copiesWaiting: 1 }).words).toBe(
    'A copy of each sent email is put into Sent. 1 copy waits.',
  )
  expect(copyWords({ ...FILES_NONE, appendsSent: false }).words).toBe('No copies of sent emails are put into Sent.')
  expect(copyWords({ ...FILES_NONE, filesSent: true }).words).toBe(
    'The provider puts a copy of each sent email into Sent by itself; none is added.',
  )
  const failed = { ...FILES_NONE, copyFailure: 'The server refused: Quota exceeded.', copiesWaiting: 1_200 }
  expect(copyWords(failed)).toEqual({
    words:
      'Copies could not be put into Sent. The server refused: Quota exceeded. The emails themselves left all the same. 1,200 copies wait.',
    isTrouble: true,
  })
})

it('says that none is added as long as it is not known whether the provider files them', () => {
  expect(copyWords({ ...FILES_NONE, filesSent: null }).words).toBe(
    'Whether the provider puts copies of sent emails into Sent by itself is not known yet, so none is added. Test the connection to find out.',
  )
})
