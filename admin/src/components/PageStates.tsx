import { Box, Button, EmptyStateLayout, Flex, Loader } from '@strapi/design-system';
import { ArrowClockwise, WarningCircle } from '@strapi/icons';
import { EmptyDocuments, EmptyPermissions } from '@strapi/icons/symbols';
import { Component, type ReactNode } from 'react';
import { useText } from '../hooks/useText';

/** What a page, or a part of one, shows instead of its content. Inside the page's own `main`, unlike Strapi's `Page.…`. */
const State = ({ icon, content, action }: { icon: ReactNode; content: string; action?: ReactNode }) => (
  <Flex justifyContent="center" padding={8}>
    <Box minWidth="50%">
      <EmptyStateLayout icon={icon} content={content} action={action} />
    </Box>
  </Flex>
);

export const LoadingState = () => {
  const text = useText();
  return (
    <Flex justifyContent="center" alignItems="center" minHeight="40vh" aria-busy>
      <Loader>{text('state.loading')}</Loader>
    </Flex>
  );
};

interface ErrorProps {
  /** What could not be done, if there is more to say than that something failed. */
  message?: string;
  onRetry: () => unknown;
  /** Another way out, beside trying again. */
  action?: ReactNode;
}

export const ErrorState = ({ message, onRetry, action }: ErrorProps) => {
  const text = useText();
  return (
    <div role="alert">
      <State
        icon={<WarningCircle width="6rem" height="6rem" fill="danger600" />}
        content={message ?? text('state.error')}
        action={
          <Flex gap={2} justifyContent="center">
            {action}
            <Button variant="secondary" startIcon={<ArrowClockwise />} onClick={() => onRetry()}>
              {text('error.retry')}
            </Button>
          </Flex>
        }
      />
    </div>
  );
};

export const EmptyState = ({ content, action }: { content: string; action?: ReactNode }) => (
  <State icon={<EmptyDocuments width="16rem" />} content={content} action={action} />
);

export const NoPermissionState = () => {
  const text = useText();
  return <State icon={<EmptyPermissions width="16rem" />} content={text('state.noPermission')} />;
};

export interface QueryState<Data> {
  /** `currentData` of a query hook: not that of other arguments. */
  currentData?: Data;
  error?: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

interface LoadedProps<Data> {
  query: QueryState<Data>;
  /** Says what could not be loaded. */
  failed: string;
  children: (data: Data) => ReactNode;
}

/** The content of a page once its data is there; before that loading, or what went wrong with a way to try again. */
export const Loaded = <Data,>({ query, failed, children }: LoadedProps<Data>) => {
  const { currentData, error, isFetching, refetch } = query;
  if (currentData !== undefined) return children(currentData);
  if (error && !isFetching)
    return (error as { status?: number }).status === 403 ? (
      <NoPermissionState />
    ) : (
      <ErrorState message={failed} onRetry={refetch} />
    );
  return <LoadingState />;
};

/** Keeps the panel usable when a page throws, or when its chunk is gone because a new release was deployed meanwhile. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <ErrorState onRetry={() => window.location.reload()} /> : this.props.children;
  }
}
