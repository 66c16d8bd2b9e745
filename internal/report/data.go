package report

import "ddmon/internal/render/safe"

// pageData is what the script of the page draws. Times are Unix milliseconds; places in time are shares of the
// recording, 0 to 1, as in the HTML.
type pageData struct {
	// Lines are those of all plots; sections share those of the same recording.
	Lines    [][]run       `json:"lines"`
	Sections []sectionData `json:"sections"`
}

type sectionData struct {
	ID   safe.Text `json:"id"`
	Zone safe.Text `json:"zone"`
	From int64     `json:"from"`
	To   int64     `json:"to"`
	// View is what is shown at first.
	View   [2]float64 `json:"view"`
	Phases []markData `json:"phases"`
	Events []int64    `json:"events"`
	Plots  []plotData `json:"plots"`
}

type markData struct {
	At   int64     `json:"at"`
	Name safe.Text `json:"name"`
}

type plotData struct {
	Low   float64     `json:"low"`
	High  float64     `json:"high"`
	Lines []lineData  `json:"lines"`
	Limit []limitData `json:"limits"`
}

// lineData is a line of a plot. Kind is series, other (a series that no monitor's scope holds) or value (what a
// monitor compared); Color is the number of its colour.
type lineData struct {
	Points int       `json:"points"`
	Kind   safe.Text `json:"kind"`
	Color  int       `json:"color"`
}

// limitData is a threshold. Kind is critical, warning or recovery.
type limitData struct {
	Value float64   `json:"value"`
	Label safe.Text `json:"label"`
	Kind  safe.Text `json:"kind"`
}

// run is a part of a line. Its times are T, T+I, T+2I, ..., or T+X[i]; its values are V or, with N, the first of V N
// times. Gap says that it does not go on where the run before it ended.
type run struct {
	T   int64     `json:"t"`
	I   int64     `json:"i,omitempty"`
	N   int       `json:"n,omitempty"`
	V   []float64 `json:"v"`
	X   []int64   `json:"x,omitempty"`
	Gap bool      `json:"gap,omitempty"`
}
