package plan

// matching pairs the elements of a desired list with those of a live one.
type matching struct {
	partner []int  // for each desired element the index of its live one, or -1
	taken   []bool // for each live element whether it has been paired
	joined  int
}

func newMatching(desired, live int) *matching {
	m := &matching{partner: make([]int, desired), taken: make([]bool, live)}
	for i := range m.partner {
		m.partner[i] = -1
	}
	return m
}

func (m *matching) join(i, j int) {
	m.partner[i], m.taken[j] = j, true
	m.joined++
}

// byKey joins elements of the same key: those at the same index first, then in order. An empty key joins nothing.
func (m *matching) byKey(desired, live []any, key func(any) string) {
	keys := make([]string, len(live))
	for j, v := range live {
		if !m.taken[j] {
			keys[j] = key(v)
		}
	}
	wanted := make([]string, len(desired))
	for i, v := range desired {
		if m.partner[i] >= 0 {
			continue
		}
		wanted[i] = key(v)
		if i < len(live) && !m.taken[i] && wanted[i] != "" && keys[i] == wanted[i] {
			m.join(i, i)
		}
	}
	free := make(map[string][]int)
	for j, k := range keys {
		if k != "" && !m.taken[j] {
			free[k] = append(free[k], j)
		}
	}
	for i, k := range wanted {
		if m.partner[i] < 0 && len(free[k]) > 0 {
			m.join(i, free[k][0])
			free[k] = free[k][1:]
		}
	}
}

// between joins, in order, what is left between the same two joined neighbours and is alike. It looks at each
// element once or twice, so that two long lists with nothing in common cost no more than their length.
func (m *matching) between(alike func(i, j int) bool) {
	i, j := 0, 0
	for {
		end := i
		for end < len(m.partner) && m.partner[end] < 0 {
			end++
		}
		liveEnd := len(m.taken)
		if end < len(m.partner) {
			liveEnd = m.partner[end]
		}
		m.gap(i, end, j, liveEnd, alike)
		if end >= len(m.partner) {
			return
		}
		i, j = end+1, m.partner[end]+1
	}
}

// gap joins within desired[i:iEnd] and live[j:jEnd], leaving out the longer side's element where two are not alike.
func (m *matching) gap(i, iEnd, j, jEnd int, alike func(i, j int) bool) {
	for i < iEnd && j < jEnd {
		left, right := iEnd-i, jEnd-j
		switch {
		case m.taken[j]:
			j++
		case alike(i, j):
			m.join(i, j)
			i++
			j++
		default:
			if left >= right {
				i++
			}
			if right >= left {
				j++
			}
		}
	}
}

// longestRise marks the largest set of elements whose partners stand in rising order; the others have moved.
// Elements without partner count as in place. It takes n log n steps.
func longestRise(partner []int) []bool {
	inPlace := make([]bool, len(partner))
	previous := make([]int, len(partner))
	var tails []int // tails[k]: index of the smallest last element of a rise of length k+1
	for i, j := range partner {
		if j < 0 {
			inPlace[i] = true
			continue
		}
		low, high := 0, len(tails)
		for low < high {
			mid := (low + high) / 2
			if partner[tails[mid]] < j {
				low = mid + 1
			} else {
				high = mid
			}
		}
		previous[i] = -1
		if low > 0 {
			previous[i] = tails[low-1]
		}
		if low == len(tails) {
			tails = append(tails, i)
		} else {
			tails[low] = i
		}
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = previous[i] {
			inPlace[i] = true
		}
	}
	return inPlace
}
