'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { CheckboxInput } from '@/components/ui/fields/checkbox'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { SkeletonRows } from '@/components/ui/skeleton'
import { type ApiOutputs, api, messageOf } from '@/trpc/react'

type Choice = ApiOutputs['notifications']['choices'][number]

const KINDS: Record<Choice['kind'], { label: string; hint: string }> = {
  reply: { label: 'A lead replies', hint: 'Conversations that are yours, and those that are nobody’s.' },
  mailbox_stopped: { label: 'A mailbox stops', hint: 'It sends or reads nothing more until somebody does something.' },
  campaign_ended: { label: 'A campaign ends', hint: 'It is completed, or was stopped as failed.' },
  backup_failed: { label: 'A backup fails', hint: 'The daily one, where it is set up. Owners and admins are told.' },
  bounce_rate: { label: 'Too many emails bounce', hint: 'A mailbox begins no new sequences for a day.' },
}

/** What a person is told of, in the app and by email. Takes effect at once. */
export function NotificationsCard({ address }: { address: string }) {
  const utils = api.useUtils()
  const choices = api.notifications.choices.useQuery()
  // As they were clicked, over what the server said: whatever is on its way meanwhile was read before.
  const [clicked, setClicked] = useState<Readonly<Partial<Record<Choice['kind'], Choice>>>>({})
  const set = api.notifications.setChoice.useMutation({
    onMutate: (choice) => setClicked((all) => ({ ...all, [choice.kind]: choice })),
    // A box goes back where that was not stored.
    onError: (error, { kind }) => {
      setClicked(({ [kind]: _, ...others }) => others)
      notifyFailed(`${messageOf(error)} The choice was not stored.`)
    },
    onSuccess: () => utils.notifications.choices.invalidate(),
  })
  return (
    <Card aria-labelledby="notifications">
      <CardHeader id="notifications" title="Notifications" />
      <CardBody>
        {choices.data ? (
          <>
            <table className="w-full text-control">
              <thead className="text-caption text-ink-3">
                <tr>
                  <th scope="col" className="sr-only">
                    What happens
                  </th>
                  <th scope="col" className="w-20 pb-1 font-normal">
                    In the app
                  </th>
                  <th scope="col" className="w-20 pb-1 font-normal">
                    By email
                  </th>
                </tr>
              </thead>
              <tbody className="divide-y border-t">
                {choices.data.map((choice) => (
                  <ChoiceRow key={choice.kind} choice={clicked[choice.kind] ?? choice} onChange={set.mutate} />
                ))}
              </tbody>
            </table>
            <p className="mt-3 text-caption text-ink-3 [overflow-wrap:anywhere]">
              Emails go to {address}, at most one in ten minutes, from the first mailbox that can send.
            </p>
          </>
        ) : choices.error ? (
          <ErrorState
            title={messageOf(choices.error)}
            untouched="Nothing was changed."
            action={<Button onClick={() => choices.refetch()}>Try again</Button>}
          />
        ) : (
          <SkeletonRows rows={4} label="Loading your choices" />
        )}
      </CardBody>
    </Card>
  )
}

function ChoiceRow({ choice, onChange }: { choice: Choice; onChange: (choice: Choice) => void }) {
  const { label, hint } = KINDS[choice.kind]
  return (
    <tr>
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {label}
        <span className="block text-caption text-ink-3">{hint}</span>
      </th>
      <td className="text-center">
        <CheckboxInput
          aria-label={`${label}: in the app`}
          checked={choice.inApp}
          onChange={({ target }) => onChange({ ...choice, inApp: target.checked })}
        />
      </td>
      <td className="text-center">
        <CheckboxInput
          aria-label={`${label}: by email`}
          checked={choice.byEmail}
          onChange={({ target }) => onChange({ ...choice, byEmail: target.checked })}
        />
      </td>
    </tr>
  )
}
