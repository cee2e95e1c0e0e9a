'use client'

import { useZone } from '@/components/hooks/use-zone'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { useMayManage } from './user'

/** What is missing since the backup, where to bring it in, and how this ends. */
export function RestoredCallout({ takenAt }: { takenAt: Date }) {
  const utils = api.useUtils()
  const mayManage = useMayManage()
  const zone = useZone()
  const accept = api.settings.acceptRestore.useMutation({ onSettled: () => utils.settings.restore.invalidate() })
  return (
    <Callout
      tone="held"
      className="mb-4"
      title={
        <>
          Restored from a backup of <Time at={takenAt} zone={zone} />.
        </>
      }
      action={
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="sm" href={routes.suppression()}>
            Import opt-outs
          </ButtonLink>
          {mayManage && (
            <Button size="sm" pending={accept.isPending} onClick={() => accept.mutate()}>
              Accept the restore
            </Button>
          )}
        </div>
      }
    >
      Replies and emails since then are missing, and opt-outs but those of a database that was replaced. Campaigns are
      paused, planned starts are taken back, and held emails wait for a person. Import the opt-outs that you know of
      before a campaign is resumed; replies are read again where mailboxes are read. Whoever was removed, invited or
      given another password since is as before. Accepting ends this note, and held emails follow the settings again;
      none of them is sent again by itself.
      {accept.error && ` ${messageOf(accept.error)}`}
    </Callout>
  )
}
