import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { dbtVersion } from '../../dbt/dbt-version.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { addPackage } from '../../packages/add-package.ts'
import { Downloads } from '../../packages/fetch/downloads.ts'
import { LOCK_FILE } from '../../packages/lock-file.ts'
import { type PinnedPackage, versionOf } from '../../packages/pinned-package.ts'
import { syncPackages } from '../../packages/sync-packages.ts'
import type { Command, Invocation } from '../command.ts'
import { type PackageProject, readPackageProject } from '../compose/package-project.ts'
import { sayAmount } from '../say-number.ts'

const HUB = 'https://hub.getdbt.com/'
const SOURCES = ['hub', 'git', 'local'] as const

export const deps: Command = {
  name: 'deps',
  summary: 'Install the packages of packages.yml',
  description: `Installs the packages that packages.yml or dependencies.yml asks for, and those that these ask for, into
dbt_packages: from a folder, a git repository, an archive or dbt's package hub. What was chosen is kept in
package-lock.yml, which is gone by until the list changes. All packages are fetched before any is replaced. Without a
network, what is in dbt_packages is used as it is.`,
  options: [
    { name: 'upgrade', type: 'boolean', help: 'Look for newer versions, though package-lock.yml fits.' },
    { name: 'lock', type: 'boolean', help: 'Write package-lock.yml, and install nothing.' },
    {
      name: 'add-package',
      type: 'string',
      value: 'NAME@VERSION',
      help: 'Add a package to the list first, or exchange its version.',
    },
    {
      name: 'source',
      type: 'string',
      value: 'SOURCE',
      help: 'Where --add-package finds it: hub (unless given), git or local.',
    },
    {
      name: 'version-check',
      negatable: true,
      env: 'DBT_VERSION_CHECK',
      type: 'boolean',
      help: 'Take only versions that are said to work with this version of dbt, as is done anyway.',
    },
  ],
  examples: [
    { line: 'waterworks deps', says: 'All that are asked for.' },
    { line: 'waterworks deps --upgrade', says: 'Their newest versions.' },
    { line: 'waterworks deps --add-package dbt-labs/dbt_utils@1.3.0', says: 'One more.' },
  ],
  run: install,
}

async function install(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const project = projectWith(flags.text('add-package'), flags.text('source'), invocation)
  const { root, packagesFolder, specs, render } = project
  const warn = (error: WaterworksError) => output.problems([{ severity: 'warning', error }])
  if (specs.length === 0) {
    output.print(`${project.listFile} asks for no packages`)
    output.json({ packages: [], locked: false })
    return 0
  }
  const hub = process.env['DBT_PACKAGE_HUB_URL'] ?? HUB
  const source = new Downloads({ root, hub: hub.endsWith('/') ? hub : `${hub}/`, render, warn })
  const installed: PinnedPackage[] = []
  try {
    const report = await syncPackages({
      root,
      into: packagesFolder,
      specs,
      source,
      render,
      warn,
      project: project.name,
      dbtVersion: flags.choice('version-check') === false ? undefined : dbtVersion,
      upgrade: flags.isSet('upgrade'),
      lockOnly: flags.isSet('lock'),
      installed: (pinned) => {
        installed.push(pinned)
        output.log(`installed ${pinned.name} (${versionOf(pinned)}${newer(pinned)})`)
      },
    })
    if (report.locked) output.log(`wrote ${LOCK_FILE}`)
    const packages = sayAmount(report.packages.length, 'package')
    if (report.reached) {
      const folder = relative(root, packagesFolder) || packagesFolder
      output.print(flags.isSet('lock') ? `locked ${packages}` : `installed ${packages} into ${folder}`)
    }
    output.json({
      packages: report.packages.map((pinned) => ({
        name: pinned.name,
        source: pinned.kind,
        version: pinned.kind === 'hub' ? pinned.version : pinned.kind === 'git' ? pinned.revision : null,
        installed: installed.includes(pinned),
      })),
      locked: report.locked,
    })
    return 0
  } finally {
    source.close()
  }
}

/** The project, after a package was added to its list. */
function projectWith(
  added: string | undefined,
  from: string | undefined,
  invocation: Invocation,
): PackageProject {
  const project = readPackageProject(invocation)
  if (added === undefined) return project
  const source = SOURCES.find((each) => each === (from ?? 'hub'))
  if (source === undefined) {
    throw new WaterworksError('WW7001', { message: `--source takes ${SOURCES.join(', ')}, not ${from}` })
  }
  const path = join(project.root, project.listFile)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  writeFileSync(path, addPackage(text, project.listFile, added, source))
  invocation.output.log(`added ${added} to ${project.listFile}`)
  return readPackageProject(invocation)
}

function newer(pinned: PinnedPackage): string {
  if (pinned.kind !== 'hub' || pinned.newest === undefined || pinned.newest === pinned.version) return ''
  return `, newest is ${pinned.newest}`
}
