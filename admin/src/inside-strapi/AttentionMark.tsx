import { styled } from 'styled-components';
import { useAttentionQuery } from '../api/panel';

/** In the corner of the menu entry, which is as large as the icon and its padding. */
const Mark = styled.span`
  position: absolute;
  top: 0.4rem;
  inset-inline-end: 0.4rem;
  min-width: 1.6rem;
  padding-inline: 0.4rem;
  border-radius: 0.8rem;
  font-size: 1rem;
  line-height: 1.6rem;
  text-align: center;
  background: ${({ theme }) => theme.colors.danger600};
  color: ${({ theme }) => theme.colors.buttonNeutral0};
`;

/** How many things need attention; nothing if none does, or nobody may know. The menu entry has its own accessible name. */
const AttentionMark = () => {
  const { data } = useAttentionQuery();
  return data?.count ? <Mark aria-hidden>{data.count > 9 ? '9+' : data.count}</Mark> : null;
};

export default AttentionMark;
