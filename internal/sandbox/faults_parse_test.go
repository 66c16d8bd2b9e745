package sandbox

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestFaultScriptErrors(t *testing.T) {
	for script, want := range map[string]string{
		"POST":                                "line 1: a rule is METHOD PATH WHEN FAULT",
		"\n#\nPOST * 3":                       "line 3: a rule is METHOD PATH WHEN FAULT",
		"POST * 3 # reset=after":              "line 1: a rule is METHOD PATH WHEN FAULT",
		"post * 1 reset=after":                `"post" is no method: write GET, POST, PUT, PATCH, DELETE, several`,
		"POST, * 1 reset=after":               `"" is no method`,
		"GET,* * 1 reset=after":               `"*" is no method`,
		"POST api 1 reset=after":              `"api" is no path: write one such as /api/v1/monitor`,
		"POST /[a 1 reset=after":              `"/[a" is no path`,
		"POST * sometimes reset=after":        `"sometimes" does not say when: write always, a number such as 3`,
		"POST * 0 reset=after":                `"0" does not say when`,
		"POST * -1 reset=after":               `"-1" does not say when`,
		"POST * 3-2 reset=after":              `"3-2" does not say when`,
		"POST * 3-x reset=after":              `"3-x" does not say when`,
		"POST * +3 reset=after":               `"+3" does not say when`,
		"POST * every=0 reset=after":          `"every=0" does not say when`,
		"POST * 99999999999999 reset=after":   `does not say when`,
		"POST * 1 explode":                    `"explode" is no fault: write latency=, stale=, status=`,
		"POST * 1 reset":                      `"reset" is not understood: write reset=before or reset=after`,
		"POST * 1 reset=never":                `"reset=never" is not understood`,
		"POST * 1 status=404":                 `"status=404" is not understood: write status=429, status=500`,
		"POST * 1 status=429:after":           `"status=429:after" is not understood`,
		"POST * 1 latency=5":                  `"latency=5" is not understood: write a duration such as latency=200ms`,
		"POST * 1 latency=-5s":                `"latency=-5s" is not understood`,
		"POST * 1 stale=0":                    `"stale=0" is not understood: write a number of requests`,
		"POST * 1 stale=-2s":                  `"stale=-2s" is not understood`,
		"POST * 1 truncate=-1":                `"truncate=-1" is not understood: write how many bytes`,
		"POST * 1 slow=7ns":                   `"slow=7ns" is not understood: write over how long`,
		"POST * 1 body=xml":                   `"body=xml" is not understood: write body=broken`,
		"POST * 1 status=502 reset=after":     "status and reset exclude each other",
		"POST * 1 latency=1s latency=2s":      "latency is given twice",
		"GET * 1 stale=3":                     "stale belongs to the writes that lists show late, and GET writes nothing",
		"POST * 1 reset=after\nPOST\nPUT * x": "line 2: a rule is METHOD",
	} {
		f, err := ParseFaults([]byte(script))
		if f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", script, err, want)
		}
	}
	_, err := ParseFaults([]byte("POST\n* * 1 reset=after\nPUT\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("not every wrong line is named: %v", err)
	}
}

// FuzzFaults reads anything as a script. One that is read must leave the server whole: each request is answered or its
// connection is closed, all are counted, and what was written is stored once.
func FuzzFaults(f *testing.F) {
	for _, seed := range []string{
		"", "# x", "POST /api/v1/monitor 1 reset=after stale=5", "* * always latency=1h slow=1s", "GET,PUT /api/** 2-4 status=429",
		"* * every=2 status=504:after\nPOST * 1- truncate=9", "* /{a,b}[c-d]?/* 3 body=html:after", "* * 1 body=wrong\r\n* * 2 body=broken",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, script string) {
		faults, err := ParseFaults([]byte(script))
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "line ") {
					t.Fatalf("an error without its line: %v", err)
				}
			}
			return
		}
		s, err := Open("", Options{Now: testNow, Faults: faults, Sleep: (&recordedSleeps{}).sleep})
		if err != nil {
			t.Fatal(err)
		}
		for n, method := range []string{"POST", "GET", "POST", "GET"} {
			callAborted(t, s, method)
			if faults.Requests() != n+1 {
				t.Fatalf("%d requests counted after %d", faults.Requests(), n+1)
			}
		}
		if countStored(s) > 1 {
			t.Fatalf("%d twins stored", countStored(s))
		}
	})
}

// callAborted sends a request whose connection may be closed.
func callAborted(t *testing.T, s *Server, method string) {
	defer func() {
		p := recover()
		if err, _ := p.(error); p != nil && !errors.Is(err, http.ErrAbortHandler) {
			t.Fatalf("panic: %v", p)
		}
	}()
	call(s, method, "/api/v1/monitor", monitorBody(nil))
}
