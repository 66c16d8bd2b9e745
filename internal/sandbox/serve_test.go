package sandbox

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestAllowedHosts: a web page whose host name points to this machine cannot use the sandbox.
func TestAllowedHosts(t *testing.T) {
	ours := []string{"localhost", "localhost:8765", "LocalHost:1", "127.0.0.1", "127.0.0.1:8765", "127.9.9.9:1", "[::1]", "[::1]:8765",
		"[::ffff:127.0.0.1]:1", "10.1.2.3:8765"}
	others := []string{"board.example", "board.example:8765", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost", "localhost.",
		"localhost.:80", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "0.0.0.0:8765", "[::]:1", "10.1.2.4", "169.254.169.254", "", ":8765",
		"127.0.0.1@evil.example", "localhost:8765.evil.example", "[::1].evil.example", "[::1", "::1]x", strings.Repeat("a", 5000), "\xff\xfe"}
	for _, public := range []bool{false, true} {
		s := newTestServer(t)
		m := must(t, s, "POST", "/api/v1/monitor", monitorBody(nil))
		web := NewHTTPServer(s, public)
		ask := func(host string, method string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, monitorURL(m), nil)
			arrived := &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: 8765}
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, arrived))
			r.Host = host
			r.Header.Set("DD-API-KEY", "k")
			r.Header.Set("DD-APPLICATION-KEY", "k")
			w := httptest.NewRecorder()
			web.Handler.ServeHTTP(w, r)
			return w
		}
		for _, host := range ours {
			if w := ask(host, "GET"); w.Code != 200 {
				t.Errorf("public %v, %q: %d %s", public, host, w.Code, w.Body)
			}
		}
		for _, host := range others {
			method := "DELETE"
			if public {
				method = "GET"
			}
			w := ask(host, method)
			if public {
				if w.Code != 200 {
					t.Errorf("public, %.100q: %d %s", host, w.Code, w.Body)
				}
				continue
			}
			text := fmt.Sprint(parse(t, w.Body.Bytes())["errors"])
			if w.Code != 403 || !strings.Contains(text, "--public") || w.Body.Len() > 1000 || w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%.100q: %d %s", host, w.Code, w.Body)
			}
		}
		must(t, s, "GET", monitorURL(m), "")
	}
}

// TestCrossOriginRequests: browsers send the origin of the page with a request.
func TestCrossOriginRequests(t *testing.T) {
	for _, public := range []bool{false, true} {
		s := newTestServer(t)
		m := must(t, s, "POST", "/api/v1/monitor", monitorBody(nil))
		web := NewHTTPServer(s, public)
		for _, c := range []struct {
			headers string
			status  int
		}{
			{"", 200}, {"Sec-Fetch-Site: none", 200}, {"Sec-Fetch-Site: same-origin", 200}, {"Origin: http://localhost:8765", 200},
			{"Sec-Fetch-Site: cross-site", 403}, {"Sec-Fetch-Site: same-site", 403}, {"Sec-Fetch-Site: other", 403}, {"Origin: null", 403},
			{"Origin: http://localhost:3000", 403}, {"Origin: https://evil.example", 403}, {"Origin: http://localhost:8765.evil.example", 403},
		} {
			for _, method := range []string{"GET", "PUT", "OPTIONS"} {
				r := httptest.NewRequest(method, monitorURL(m), strings.NewReader("{}"))
				r.Host = "localhost:8765"
				r.Header.Set("DD-API-KEY", "k")
				r.Header.Set("DD-APPLICATION-KEY", "k")
				if key, value, ok := strings.Cut(c.headers, ": "); ok {
					r.Header.Set(key, value)
				}
				w := httptest.NewRecorder()
				web.Handler.ServeHTTP(w, r)
				want := c.status
				if method == "OPTIONS" && want == 200 {
					want = 405 // CORS is not supported
				}
				if w.Code != want || w.Header().Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("public %v, %s %q: %d %s", public, method, c.headers, w.Code, w.Body)
				}
			}
		}
	}
}

func TestServerLimits(t *testing.T) {
	s, err := Open("", Options{Now: testNow, Latency: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	for _, public := range []bool{false, true} {
		web := NewHTTPServer(s, public)
		if web.ReadTimeout <= 0 || web.ReadTimeout > time.Minute || web.ReadHeaderTimeout <= 0 || web.ReadHeaderTimeout > web.ReadTimeout ||
			web.IdleTimeout <= 0 || web.WriteTimeout <= time.Hour || web.MaxHeaderBytes <= 0 || web.MaxHeaderBytes > 1<<20 {
			t.Errorf("%+v", web)
		}
	}
}

// serveForTest serves s on a free port.
func serveForTest(t *testing.T, s *Server, change func(*http.Server)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	web := NewHTTPServer(s, false)
	change(web)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = web.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = web.Close()
		<-done
	})
	return listener.Addr().String()
}

// TestBodyTimeout: the server times out requests whose body never arrives, and sends a response.
func TestBodyTimeout(t *testing.T) {
	address := serveForTest(t, newTestServer(t), func(web *http.Server) { web.ReadTimeout = 100 * time.Millisecond })
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			length, sent := "Content-Length: 100", `{"name":`
			if i%2 == 1 {
				length, sent = "Transfer-Encoding: chunked", "8\r\n"+`{"name":`+"\r\n"
			}
			fmt.Fprintf(conn, "POST /api/v1/monitor HTTP/1.1\r\nHost: %s\r\nDD-API-KEY: k\r\nDD-APPLICATION-KEY: k\r\n%s\r\n\r\n%s", address, length, sent)
			text, err := io.ReadAll(conn) // until the server closes the connection
			if err != nil || !strings.HasPrefix(string(text), "HTTP/1.1 408 ") || !strings.Contains(string(text), `"errors":["The request body did not arrive in time"]`) {
				t.Errorf("%v: %q", err, text)
			}
		})
	}
	all.Wait()
}

// TestLatencyIsNotReadTime: latency can be longer than the read timeout.
func TestLatencyIsNotReadTime(t *testing.T) {
	s, err := Open("", Options{Now: testNow, Latency: 150 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	address := serveForTest(t, s, func(web *http.Server) { web.ReadTimeout = 50 * time.Millisecond })
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/api/v1/monitor", strings.NewReader(monitorBody(nil)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(text), `"id":100000001`) {
		t.Errorf("%d %q, %v", response.StatusCode, text, err)
	}
}

func TestTooLargeRequests(t *testing.T) {
	address := serveForTest(t, newTestServer(t), func(*http.Server) {})
	send := func(head string, body func(io.Writer)) (*http.Response, string) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, head)
		go body(conn)
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		_ = response.Body.Close() // it was read
		return response, string(text)
	}
	head := "POST /api/v1/monitor HTTP/1.1\r\nHost: " + address + "\r\nDD-API-KEY: k\r\nDD-APPLICATION-KEY: k\r\n"
	response, text := send(head+"Transfer-Encoding: chunked\r\n\r\n", func(w io.Writer) { //nolint:bodyclose // send has closed it
		chunk := "10000\r\n" + strings.Repeat("x", 0x10000) + "\r\n"
		for range 1000 {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	})
	if response.StatusCode != http.StatusRequestEntityTooLarge || text != `{"errors":["The request body is larger than 10 MB"]}` || !response.Close {
		t.Errorf("body: %d %q, closed: %v", response.StatusCode, text, response.Close)
	}
	response, text = send(head, func(w io.Writer) { fmt.Fprintf(w, "X: %s\r\n\r\n", strings.Repeat("x", 1<<20)) }) //nolint:bodyclose // the same
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("headers: %d %q", response.StatusCode, text)
	}
}
