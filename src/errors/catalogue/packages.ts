import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW10xx and WW16xx: packages of dbt, listed, fetched and unpacked. */
export const packageErrors = {
  WW1035: {
    title: 'A package is not installed',
    cause:
      'packages.yml or dependencies.yml names a package that is not in the folder of installed packages.',
    remedy: 'Run `waterworks deps`.',
  },
  WW1036: {
    title: 'Two packages have one name',
    cause: 'Packages are told apart by the name in their dbt_project.yml, and two of them have the same.',
    remedy: 'Remove one of them, or give the project another name.',
  },
  WW1601: {
    title: 'A package cannot be read from its list',
    cause: 'An entry of packages.yml, dependencies.yml or package-lock.yml has another form than dbt’s.',
    remedy:
      'Write local, git, tarball or package with what belongs to it: package and version, git and revision, tarball and name.',
  },
  WW1602: {
    title: 'Packages of dbt’s own platform cannot be installed',
    cause: 'An entry asks for a package with `private:`, which only dbt’s own platform knows where to find.',
    remedy: 'Ask for it with `git:` and its address.',
  },
  WW1603: {
    title: 'Packages do not go together',
    cause: 'Two packages, or a package and the project, have one name, or one is asked for in two forms.',
    remedy: 'Remove one of them.',
  },
  WW1604: {
    title: 'No version of a package suits all',
    cause:
      'The project and its packages ask for versions or revisions of a package that exclude one another.',
    remedy: 'Ask for a version that the others work with, or for other versions of these.',
  },
  WW1605: {
    title: 'A package may change by itself',
    cause: 'A repository is asked for without a tag or commit, or a package has moved to another name.',
    remedy: 'Give a tag or commit as `revision:`; ask for the package by its new name.',
  },
  WW1606: {
    title: 'The hub has no such package',
    cause: 'The name of a package is not in the list of the package hub.',
    remedy: 'Correct the name: <namespace>/<name>, such as dbt-labs/dbt_utils.',
  },
  WW1607: {
    title: 'The hub has no such version of a package',
    cause: 'No version that can be installed is within what is asked for.',
    remedy: 'Ask for a version that exists; pre-releases want `install_prerelease: true`.',
  },
  WW1608: {
    title: 'There is no package in a folder',
    cause:
      'The folder is missing, lies outside of what was fetched, or has no dbt_project.yml with a name in it.',
    remedy: 'Correct `local:` or `subdirectory:`.',
  },
  WW1609: {
    title: 'A repository cannot be fetched',
    cause: 'git is missing, was refused, or does not find the repository or revision.',
    remedy: 'Try the address with `git ls-remote`; private repositories want credentials that git knows of.',
  },
  WW1610: {
    title: 'Packages cannot be reached',
    cause: 'There is no network, or none that leads to the package hub or a repository.',
    remedy:
      'Connect to a network, set HTTPS_PROXY where there is a proxy (with NODE_USE_ENV_PROXY=1), or copy the packages into dbt_packages.',
  },
  WW1611: {
    title: 'A download of a package failed',
    cause: 'A server answered with an error, or with something else than what was asked for.',
    remedy: 'Try again later; check the address of a tarball.',
  },
  WW1612: {
    title: 'A package cannot be unpacked',
    cause: 'Its archive is damaged, or a path or link in it leads out of the package.',
    remedy: 'Do not use it: ask whoever publishes it for another.',
  },
  WW1613: {
    title: 'The folder of packages holds something else',
    cause:
      '`packages-install-path` is the project itself, or a folder outside of it that is no folder of packages.',
    remedy: 'Name a folder that is there for packages alone.',
  },
  WW1614: {
    title: 'A folder may not be cleaned',
    cause: 'One of `clean-targets` is outside of the project, or holds its sources, history or warehouse.',
    remedy: 'Leave it out of `clean-targets`.',
  },
} as const satisfies Record<string, CatalogueEntry>
