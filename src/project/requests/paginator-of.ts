import type { JsonObject } from '../../api-manifest/json.ts'
import type { Pages } from '../schema/requests-entry.ts'
import { requestPlace } from './request-place.ts'
import { responsePath } from './response-path.ts'

/** The component that asks for page after page. */
export function paginatorOf(pages: Pages, isGraphQl: boolean): JsonObject {
  switch (pages.by) {
    case 'none':
      return { type: 'NoPagination' }
    case 'page': {
      const { parameter = 'page', first = 1, size } = pages
      const strategy = {
        type: 'PageIncrement',
        start_from_page: first,
        inject_on_first_request: true,
        ...sized(size),
      }
      return paginator(strategy, requestPlace(parameter, pages.in, isGraphQl), sizePlace(pages, isGraphQl))
    }
    case 'offset': {
      const { parameter = 'offset', size } = pages
      const strategy = { type: 'OffsetIncrement', inject_on_first_request: true, page_size: size }
      const place = requestPlace(pages.size_parameter ?? 'limit', pages.in, isGraphQl)
      return paginator(strategy, requestPlace(parameter, pages.in, isGraphQl), place)
    }
    case 'cursor': {
      const strategy = {
        type: 'CursorPagination',
        cursor_value: `{{ ${responsePath(pages.value)} }}`,
        ...(pages.more === undefined ? {} : { stop_condition: `{{ not ${responsePath(pages.more)} }}` }),
        ...sized(pages.size),
      }
      const place = requestPlace(pages.parameter, pages.in, isGraphQl)
      return paginator(strategy, place, sizePlace(pages, isGraphQl))
    }
    case 'next_url':
      return byAddress(`{{ ${responsePath(pages.value)} }}`)
    case 'link_header':
      return byAddress("{{ headers['link'].get('next', {}).get('url') }}")
    case 'page_info': {
      const info = responsePath(pages.path)
      const strategy = {
        type: 'CursorPagination',
        cursor_value: `{{ (${info} or {}).get("endCursor") }}`,
        stop_condition: `{{ not (${info} or {}).get("hasNextPage") }}`,
        ...sized(pages.size),
      }
      const variable = (name: string) => requestPlace(`variables.${name}`, 'body', true)
      const size = pages.size === undefined ? undefined : variable(pages.size_variable ?? 'first')
      return paginator(strategy, variable(pages.variable ?? 'after'), size)
    }
  }
}

function byAddress(value: string): JsonObject {
  return paginator({ type: 'CursorPagination', cursor_value: value }, { type: 'RequestPath' }, undefined)
}

function paginator(strategy: JsonObject, token: JsonObject, size: JsonObject | undefined): JsonObject {
  return {
    type: 'DefaultPaginator',
    pagination_strategy: strategy,
    page_token_option: token,
    ...(size === undefined ? {} : { page_size_option: size }),
  }
}

function sized(size: number | undefined): JsonObject {
  return size === undefined ? {} : { page_size: size }
}

function sizePlace(
  { size, size_parameter, in: into }: Extract<Pages, { readonly by: 'page' | 'cursor' }>,
  isGraphQl: boolean,
): JsonObject | undefined {
  if (size === undefined || size_parameter === undefined) return undefined
  return requestPlace(size_parameter, into, isGraphQl)
}
