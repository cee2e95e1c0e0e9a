import { DomainError } from '../../../../src/domain/errors'
import { checkInstallation } from '../../../../src/use-cases/maintenance/check-installation'
import { presentHere } from '../../app/join-installation'
import { type Examination, fault, ok } from '../finding'

/** The environment here is that of the installation which the database belongs to. */
export const installation: Examination = {
  name: 'installation',
  examine: async ({ sql, settings }) => {
    try {
      await checkInstallation(sql, presentHere(settings))
      return [ok('The environment here is that of the installation.')]
    } catch (error) {
      if (error instanceof DomainError) return [fault(error.message)]
      throw error
    }
  },
}
