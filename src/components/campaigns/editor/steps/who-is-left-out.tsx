'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Switch } from '@/components/ui/fields/switch'
import type { Draft } from '../draft/use-draft'

/** Whether leads that were emailed before get this campaign, too. */
export function EmailedBefore({ draft: { values, change } }: { draft: Draft }) {
  return (
    <Card>
      <CardHeader title="Emailed before" />
      <CardBody>
        <Switch
          label="Leave out leads that were emailed before"
          hint={
            values.leaveOutMailedBefore
              ? 'On: a lead that another campaign has emailed, or that was emailed and deleted and is back, gets nothing from this one.'
              : 'Off: leads that another campaign has emailed get this one, too, 24 hours after their last email at the earliest.'
          }
          checked={values.leaveOutMailedBefore}
          onCheckedChange={(leaveOutMailedBefore) => change({ leaveOutMailedBefore })}
        />
      </CardBody>
    </Card>
  )
}

/** What a reply ends. */
export function AfterReply({ draft: { values, change } }: { draft: Draft }) {
  return (
    <Card>
      <CardHeader title="After a reply" />
      <CardBody>
        <Switch
          label="Go on after a reply"
          hint={
            values.continueAfterReply
              ? 'On: leads that are set to “Replied” or “Interested” get the emails of this campaign all the same.'
              : 'Off: a lead that is set to “Replied” or “Interested” gets no further email of this campaign.'
          }
          checked={values.continueAfterReply}
          onCheckedChange={(continueAfterReply) => change({ continueAfterReply })}
        />
        {!values.continueAfterReply && (
          <Switch
            className="mt-3"
            label="Also end it for the same company"
            hint={
              values.stopSameCompany
                ? 'On: once somebody has replied, all leads with an address at that company get no further email of this campaign.'
                : 'Off: other leads at the company of somebody who has replied get their emails all the same.'
            }
            checked={values.stopSameCompany}
            onCheckedChange={(stopSameCompany) => change({ stopSameCompany })}
          />
        )}
      </CardBody>
    </Card>
  )
}
