package report

import "ddmon/internal/render/safe"

// pageData is the data that the page's script draws. Times are Unix milliseconds. Positions are shares of the
// recording, 0 to 1, as in the HTML.
type pageData struct {
	// Lines are the lines of all plots. Sections on the same recording share them.
	Lines    [][]run       `json:"lines"`
	Sections []sectionData `json:"sections"`
}

type sectionData struct {
	ID   safe.Text `json:"id"`
	Zone safe.Text `json:"zone"`
	From int64     `json:"from"`
	To   int64     `json:"to"`
	// View is the time range that is shown initially.
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

// lineData is a line of a plot. Kind is series, other (a series outside of all monitors' scopes) or value (the value
// that a monitor compared); Color is the index of its colour.
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

// run is a part of a line. Its times are T, T+I, T+2I, ..., or T+X[i]; its values are V or, with N, V[0] N times. Gap
// says that there is a gap before it.
type run struct {
	T   int64     `json:"t"`
	I   int64     `json:"i,omitempty"`
	N   int       `json:"n,omitempty"`
	V   []float64 `json:"v"`
	X   []int64   `json:"x,omitempty"`
	Gap bool      `json:"gap,omitempty"`
}
