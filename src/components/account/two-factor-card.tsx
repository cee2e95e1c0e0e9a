'use client'

import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'

export type TwoFactorAct = 'begin' | 'end' | 'renew'

const parts = later(() => import('./two-factor-dialog'))

/** The second factor: whether there is one, and the ways to begin and end it. */
export function TwoFactorCard({ on }: { on: boolean }) {
  const [act, setAct] = useState<TwoFactorAct | null>(null)
  const close = () => setAct(null)
  return (
    <Card aria-labelledby="two-factor">
      <CardHeader
        id="two-factor"
        title="Second factor"
        aside={
          <Chip tone={on ? 'sent' : 'neutral'} icon={on ? ShieldCheck : ShieldOff}>
            {on ? 'On' : 'Off'}
          </Chip>
        }
      />
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          {on
            ? 'Signing in asks for a code of your app, too. A stolen password alone opens nothing.'
            : 'With it, signing in asks for a code of an app on your phone, too. A stolen password alone opens nothing then.'}
        </p>
        <div className="flex flex-wrap gap-2">
          {on ? (
            <>
              <Button onClick={() => setAct('renew')}>Make new backup codes</Button>
              <Button onClick={() => setAct('end')}>Turn off</Button>
            </>
          ) : (
            <Button onClick={() => setAct('begin')}>Turn on</Button>
          )}
        </div>
      </CardBody>
      <LaterDialog part={parts} open={act !== null} onOpenChange={close}>
        {({ TwoFactorDialog }) => act && <TwoFactorDialog key={act} act={act} onClose={close} />}
      </LaterDialog>
    </Card>
  )
}
