import type { Route } from '../deps.ts';
import { changeAgentRoute } from './agents/change.ts';
import { createAgentRoute } from './agents/create.ts';
import { inviteAgentAgainRoute } from './agents/invite.ts';
import { listAgentsRoute } from './agents/list.ts';
import { showAgentPhoto } from './agents/photo.ts';
import { removeAgentRoute } from './agents/remove.ts';
import { showInvitationRoute } from './agents/show-invitation.ts';
import { showAgentRoute } from './agents/show.ts';
import { withdrawInvitationRoute } from './agents/withdraw-invitation.ts';
import { changeArticleRoute } from './articles/change.ts';
import { createArticleRoute } from './articles/create.ts';
import { discardArticleDraftRoute } from './articles/discard-draft.ts';
import { showHelpFileRoute } from './articles/help-file.ts';
import { listArticleVersionsRoute } from './articles/list-versions.ts';
import { publishArticleRoute } from './articles/publish.ts';
import { restoreArticleVersionRoute } from './articles/restore-version.ts';
import { saveArticleDraftRoute } from './articles/save-draft.ts';
import { showArticleDraftRoute } from './articles/show-draft.ts';
import { showArticleVersionRoute } from './articles/show-version.ts';
import { listArticlesRoute } from './articles/list.ts';
import { showArticlePartsRoute } from './articles/parts.ts';
import { previewArticleRoute } from './articles/preview.ts';
import { removeArticleRoute } from './articles/remove.ts';
import { showArticleRoute } from './articles/show.ts';
import { useArticleRoute } from './articles/use.ts';
import { showArticleVotesRoute } from './articles/votes.ts';
import { listAuditRoute } from './audit/list.ts';
import { changeCannedResponseRoute } from './canned-responses/change.ts';
import { createCannedResponseRoute } from './canned-responses/create.ts';
import { exportCannedResponsesRoute } from './canned-responses/export.ts';
import { importCannedResponsesRoute } from './canned-responses/import.ts';
import { listCannedResponsesRoute } from './canned-responses/list.ts';
import { removeCannedResponseRoute } from './canned-responses/remove.ts';
import { showCannedResponseRoute } from './canned-responses/show.ts';
import { useCannedResponseRoute } from './canned-responses/use.ts';
import { changeCompanyRoute } from './company/change.ts';
import { showCompanyRoute } from './company/show.ts';
import { addAddressRoute } from './customers/add-address.ts';
import { addCustomerNoteRoute } from './customers/add-note.ts';
import { changeCustomerRoute } from './customers/change.ts';
import { changeCustomerNoteRoute } from './customers/change-note.ts';
import { mergeCustomersRoute } from './customers/merge.ts';
import { removeAddressRoute } from './customers/remove-address.ts';
import { removeCustomerNoteRoute } from './customers/remove-note.ts';
import { listCustomersRoute } from './customers/list.ts';
import { showCustomerRoute } from './customers/show.ts';
import { listCustomerTicketsRoute } from './customers/tickets.ts';
import { listHelpArticlesRoute } from './help/list-articles.ts';
import { searchHelpRoute } from './help/search.ts';
import { showHelpArticleRoute } from './help/show-article.ts';
import { showHelpSiteRoute } from './help/show-site.ts';
import { voteOnArticleRoute } from './help/vote.ts';
import { changeKnowledgeBaseRoute } from './knowledge-bases/change.ts';
import { createKnowledgeBaseRoute } from './knowledge-bases/create.ts';
import { listKnowledgeBasesRoute } from './knowledge-bases/list.ts';
import { removeKnowledgeBaseRoute } from './knowledge-bases/remove.ts';
import { showKnowledgeBaseRoute } from './knowledge-bases/show.ts';
import { changeLabelRoute } from './labels/change.ts';
import { createLabelRoute } from './labels/create.ts';
import { listLabelsRoute } from './labels/list.ts';
import { removeLabelRoute } from './labels/remove.ts';
import { showLabelRoute } from './labels/show.ts';
import { changeMailboxRoute } from './mailboxes/change.ts';
import { createMailboxRoute } from './mailboxes/create.ts';
import { listMailboxesRoute } from './mailboxes/list.ts';
import { removeMailboxRoute } from './mailboxes/remove.ts';
import { showMailboxRoute } from './mailboxes/show.ts';
import { testMailboxRoute } from './mailboxes/test.ts';
import { acceptMailRoute } from './mails/accept.ts';
import { attachMailRoute } from './mails/attach.ts';
import { splitMailRoute } from './mails/split.ts';
import { listMailsRoute } from './mails/list.ts';
import { previewMailRoute } from './mails/preview.ts';
import { downloadMailRoute } from './mails/raw.ts';
import { removeMailRoute } from './mails/remove.ts';
import { showMailRoute } from './mails/show.ts';
import { findAnswersRoute } from './public/answers.ts';
import { finishReminderRoute } from './reminders/finish.ts';
import { listRemindersRoute } from './reminders/list.ts';
import { showAnswerReport } from './reports/answers.ts';
import { showRatingReport } from './reports/ratings.ts';
import { reportSearchesRoute } from './reports/searches.ts';
import { changeSavedViewRoute } from './saved-views/change.ts';
import { createSavedViewRoute } from './saved-views/create.ts';
import { listSavedViewsRoute } from './saved-views/list.ts';
import { orderSavedViewsRoute } from './saved-views/order.ts';
import { removeSavedViewRoute } from './saved-views/remove.ts';
import { showSavedViewRoute } from './saved-views/show.ts';
import { changeTeamRoute } from './teams/change.ts';
import { createTeamRoute } from './teams/create.ts';
import { checkDkimKeyRoute } from './dkim-keys/check.ts';
import { createDkimKeyRoute } from './dkim-keys/create.ts';
import { listDkimKeysRoute } from './dkim-keys/list.ts';
import { removeDkimKeyRoute } from './dkim-keys/remove.ts';
import { listTeamsRoute } from './teams/list.ts';
import { removeTeamRoute } from './teams/remove.ts';
import { showTeamRoute } from './teams/show.ts';
import { showArticleDraft } from './tickets/article-draft.ts';
import { listTicketsRoute } from './tickets/list.ts';
import { showTicketRoute } from './tickets/show.ts';
import { markSuggestionRoute } from './suggestions/mark.ts';
import { listSuggestionsRoute } from './suggestions/list.ts';
import { showTimelineRoute } from './tickets/timeline.ts';
import { changeTokenRoute } from './tokens/change.ts';
import { createTokenRoute } from './tokens/create.ts';
import { listTokensRoute } from './tokens/list.ts';
import { removeTokenRoute } from './tokens/remove.ts';
import { showTokenRoute } from './tokens/show.ts';
import { showViewsRoute } from './views/show.ts';

/** Lists, single things and their plain create, change and delete. */
export const readingRoutes: readonly Route[] = [
  showViewsRoute,
  listSavedViewsRoute,
  showSavedViewRoute,
  createSavedViewRoute,
  changeSavedViewRoute,
  removeSavedViewRoute,
  orderSavedViewsRoute,
  listTicketsRoute,
  showTicketRoute,
  showTimelineRoute,
  showArticleDraft,
  listSuggestionsRoute,
  markSuggestionRoute,
  listCustomersRoute,
  showCustomerRoute,
  changeCustomerRoute,
  listCustomerTicketsRoute,
  addCustomerNoteRoute,
  changeCustomerNoteRoute,
  removeCustomerNoteRoute,
  addAddressRoute,
  removeAddressRoute,
  mergeCustomersRoute,
  showAnswerReport,
  showRatingReport,
  listRemindersRoute,
  finishReminderRoute,
  listMailsRoute,
  showMailRoute,
  previewMailRoute,
  downloadMailRoute,
  acceptMailRoute,
  attachMailRoute,
  splitMailRoute,
  removeMailRoute,
  listLabelsRoute,
  showLabelRoute,
  createLabelRoute,
  changeLabelRoute,
  removeLabelRoute,
  listDkimKeysRoute,
  createDkimKeyRoute,
  checkDkimKeyRoute,
  removeDkimKeyRoute,
  showCompanyRoute,
  changeCompanyRoute,
  listAuditRoute,
  listTeamsRoute,
  showTeamRoute,
  createTeamRoute,
  changeTeamRoute,
  removeTeamRoute,
  listAgentsRoute,
  showAgentRoute,
  showAgentPhoto,
  createAgentRoute,
  changeAgentRoute,
  removeAgentRoute,
  inviteAgentAgainRoute,
  showInvitationRoute,
  withdrawInvitationRoute,
  listMailboxesRoute,
  showMailboxRoute,
  createMailboxRoute,
  changeMailboxRoute,
  removeMailboxRoute,
  testMailboxRoute,
  listTokensRoute,
  showTokenRoute,
  createTokenRoute,
  changeTokenRoute,
  removeTokenRoute,
  listCannedResponsesRoute,
  showCannedResponseRoute,
  createCannedResponseRoute,
  changeCannedResponseRoute,
  removeCannedResponseRoute,
  useCannedResponseRoute,
  exportCannedResponsesRoute,
  importCannedResponsesRoute,
  listKnowledgeBasesRoute,
  showKnowledgeBaseRoute,
  createKnowledgeBaseRoute,
  changeKnowledgeBaseRoute,
  removeKnowledgeBaseRoute,
  listArticlesRoute,
  showArticleRoute,
  showArticlePartsRoute,
  reportSearchesRoute,
  showHelpSiteRoute,
  listHelpArticlesRoute,
  searchHelpRoute,
  showHelpArticleRoute,
  voteOnArticleRoute,
  showArticleVotesRoute,
  findAnswersRoute,
  createArticleRoute,
  useArticleRoute,
  previewArticleRoute,
  changeArticleRoute,
  removeArticleRoute,
  showHelpFileRoute,
  showArticleDraftRoute,
  saveArticleDraftRoute,
  discardArticleDraftRoute,
  publishArticleRoute,
  listArticleVersionsRoute,
  showArticleVersionRoute,
  restoreArticleVersionRoute,
];
