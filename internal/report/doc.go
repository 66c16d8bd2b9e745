// Package report writes what replays found as one HTML page for people: the plots of the series with thresholds and
// phases, below them on the same axis of time the states of every monitor, the logs around what happened, and the
// notifications as they would read. `ddmon test --html` and `ddmon replay --html` write such a page.
//
// The page is one file that works from a disk: no fonts, scripts, styles or pictures from elsewhere, which a content
// security policy in it enforces. Plots are drawn by uPlot, which is embedded (assets/uplot, with its licence);
// everything else is plain HTML that is there without scripts too. Text from recordings and monitors is data: it goes
// through html/template, controls and marks of direction in it become visible, and long texts are cut visibly.
//
// The package neither replays nor judges: it shows results. It reads no clock, no file and no network, and the same
// page gives the same bytes. Entry point: Write.
package report
