/**
 * Pages for readers of mails, who have no account: the page on which they choose their mails, and pages for errors.
 *
 * <p><b>Model.</b> A page is one card of plain HTML ({@link io.weekly.api.page.WebPage}). It has no script, loads nothing, and its
 * Content-Security-Policy allows exactly its own style. Its texts are those of the service, in five languages ({@link
 * io.weekly.api.page.PageTexts}). Names and titles are escaped where they are written ({@code
 * ChoicesPageTest.noNameEndsTheElementThatItStandsIn}).
 *
 * <p><b>Failure cases.</b> A client that does not ask for HTML gets the problem itself ({@link io.weekly.api.page.ErrorPages}). A form that
 * cannot be read has no fields, so it changes nothing ({@link io.weekly.api.page.FormFields}).
 */
@NullMarked
package io.weekly.api.page;

import org.jspecify.annotations.NullMarked;
