package machine

import (
	"encoding/xml"
	"fmt"
	"io"

	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// The elements of JUnit's XML that CI systems read.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name     safe.Text      `xml:"name,attr"`
		Class    safe.Text      `xml:"classname,attr"`
		File     safe.Text      `xml:"file,attr,omitempty"`
		Line     int            `xml:"line,attr,omitempty"`
		Failures []junitFailure `xml:"failure"`
		Output   safe.Text      `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message safe.Text `xml:"message,attr"`
		Text    safe.Text `xml:",chardata"`
	}
)

// JUnit writes test results as JUnit XML.
func JUnit(w io.Writer, run *render.TestRun) error {
	suite := junitSuite{Name: "ddmon", Tests: len(run.Tests), Failures: run.Failed}
	for _, t := range run.Tests {
		c := junitCase{Name: safe.Line(t.Name), Class: safe.Line(t.Recording)}
		if t.Range != nil {
			c.File, c.Line = safe.Line(t.Range.Filename), t.Range.Start.Line
		}
		if t.Error != "" {
			c.Failures = append(c.Failures, junitFailure{Message: "could not run", Text: safe.Lines(t.Error)})
		}
		for _, f := range t.Failures {
			text := "expected " + f.Expected + "\nactual " + f.Actual + "\n" + f.Timeline
			if f.Range != nil {
				text = fmt.Sprintf("%s:%d: ", f.Range.Filename, f.Range.Start.Line) + text
			}
			c.Failures = append(c.Failures, junitFailure{Message: safe.Line(f.Address + ": expected " + f.Expected), Text: safe.Lines(text)})
		}
		for _, w := range t.Warnings {
			c.Output += safe.Lines(w.Address + " " + w.Text + "\n")
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
