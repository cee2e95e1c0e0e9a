import { formatOf, inNumber } from '@/components/ui/numbers'
import { addsCopies } from '@/domain/conversation/sent-copies'
import type { Mailbox } from '../../api-types'

type Copied = Pick<NonNullable<Mailbox['reader']>, 'appendsSent' | 'filesSent' | 'copyFailure' | 'copiesWaiting'>

/** Whether copies of sent emails lie in Sent, and what keeps them from it. `isTrouble`: somebody should look at it. */
export function copyWords({ appendsSent, filesSent, copyFailure, copiesWaiting }: Copied): {
  words: string
  isTrouble: boolean
} {
  const said = (words: string) => ({ words, isTrouble: false })
  if (filesSent) return said('The provider puts a copy of each sent email into Sent by itself; none is added.')
  if (!appendsSent) return said('No copies of sent emails are put into Sent.')
  if (!addsCopies({ appendsSent, filesSent }))
    return said(
      'Whether the provider puts copies of sent emails into Sent by itself is not known yet, so none is added. Test the connection to find out.',
    )
  const waiting =
    copiesWaiting > 0
      ? ` ${formatOf(copiesWaiting, 'copy', 'copies')} ${inNumber(copiesWaiting, 'waits', 'wait')}.`
      : ''
  if (copyFailure === null) return said(`A copy of each sent email is put into Sent.${waiting}`)
  const words = `Copies could not be put into Sent. ${copyFailure} The emails themselves left all the same.${waiting}`
  return { words, isTrouble: true }
}
