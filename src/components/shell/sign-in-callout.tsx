import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { routes } from '@/routes'

/** The mailboxes whose sign-in their provider has ended, at least one, and the way to sign in again. */
export function SignInCallout({ ended }: { ended: readonly { id: string; fromEmail: string }[] }) {
  const [first] = ended
  if (!first) return null
  const others = ended.length > 1 ? ` and ${ended.length - 1} more` : ''
  return (
    <Callout
      tone="failed"
      className="mb-4"
      title={`Sign in again: ${first.fromEmail}${others}.`}
      action={
        <ButtonLink size="sm" href={ended.length > 1 ? routes.mailboxes : routes.mailbox(first.id)}>
          Fix the mailbox
        </ButtonLink>
      }
    >
      Its provider has ended the sign-in. Nothing leaves from it and nothing is read; both go on by themselves
      afterwards.
    </Callout>
  )
}
