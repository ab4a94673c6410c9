import { Box, Flex, Typography } from '@strapi/design-system';
import { useRequestSetupQuery } from '../../api/requests';
import { useText } from '../../hooks/useText';

/** What keeps requests from coming, or mails from arriving. */
export const SetupNotice = () => {
  const text = useText();
  const { data } = useRequestSetupQuery();
  if (!data) return null;
  const { enabled, emailProvider, publicUrl, publicUrlGuessed } = data;
  const notices = [
    !enabled && text('requests.setup.off'),
    emailProvider === null && text('requests.setup.noEmail'),
    emailProvider === 'sendmail' && text('requests.setup.sendmail'),
    publicUrlGuessed && text('requests.setup.guessed', { url: publicUrl }),
  ].filter((notice) => notice !== false);
  if (notices.length === 0) return null;
  return (
    <Box tag="section" background="warning100" borderColor="warning200" hasRadius padding={4}>
      <Typography tag="h2" variant="omega" fontWeight="bold" textColor="neutral800">
        {text('requests.setup.title')}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} paddingTop={2}>
        {notices.map((notice) => (
          <Typography key={notice} tag="li" textColor="neutral800">
            {notice}
          </Typography>
        ))}
      </Flex>
    </Box>
  );
};
