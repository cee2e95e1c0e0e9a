import { Send } from 'lucide-react'
import { Callout } from '@/components/ui/callout'

/** Says why nothing new comes in here once email goes out. */
export function LiveCallout() {
  return (
    <Callout icon={Send} title="Emails go to real mail servers.">
      Replies arrive at the From or Reply-to address of the mailbox, and are read there where “Read answers” is on.
      Below is what the sandbox received before.
    </Callout>
  )
}
