// Package report writes replay results as an HTML page: plots of the series with thresholds and phases, the states of
// every monitor on the same time axis, the logs around transitions, and the rendered notifications. `ddmon test --html`
// and `ddmon replay --html` write it.
//
// The page is a single file that works from a disk. A content security policy forbids fonts, scripts, styles and images
// from elsewhere. The embedded uPlot draws the plots (assets/uplot, with its licence); everything else is plain HTML
// and works without scripts. Text from recordings and monitors goes through html/template, with visible escapes for
// control characters and direction marks. Long texts are truncated with a notice.
//
// The package only shows results. It reads no clock, files or network, so the same input gives the same bytes. Start
// reading at Write.
package report
