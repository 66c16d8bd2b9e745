package plan

// matching pairs the elements of a desired list with those of a live one.
type matching struct {
	partner []int  // the index of the paired live element for each desired one, or -1
	paired  []bool // whether each live element is paired
	pairs   int
}

func newMatching(desired, live int) *matching {
	m := &matching{partner: make([]int, desired), paired: make([]bool, live)}
	for i := range m.partner {
		m.partner[i] = -1
	}
	return m
}

func (m *matching) pair(i, j int) {
	m.partner[i], m.paired[j] = j, true
	m.pairs++
}

// byKey pairs elements with the same key, first those at the same index, then in order. It ignores empty keys.
func (m *matching) byKey(desired, live []any, key func(any) string) {
	keys := make([]string, len(live))
	for j, v := range live {
		if !m.paired[j] {
			keys[j] = key(v)
		}
	}
	wanted := make([]string, len(desired))
	for i, v := range desired {
		if m.partner[i] >= 0 {
			continue
		}
		wanted[i] = key(v)
		if i < len(live) && !m.paired[i] && wanted[i] != "" && keys[i] == wanted[i] {
			m.pair(i, i)
		}
	}
	free := make(map[string][]int)
	for j, k := range keys {
		if k != "" && !m.paired[j] {
			free[k] = append(free[k], j)
		}
	}
	for i, k := range wanted {
		if m.partner[i] < 0 && len(free[k]) > 0 {
			m.pair(i, free[k][0])
			free[k] = free[k][1:]
		}
	}
}

// betweenPairs pairs similar elements between the same two paired neighbours, in order. It visits each element at most
// twice, so the time is linear even for two long lists with nothing in common.
func (m *matching) betweenPairs(similar func(i, j int) bool) {
	i, j := 0, 0
	for {
		end := i
		for end < len(m.partner) && m.partner[end] < 0 {
			end++
		}
		liveEnd := len(m.paired)
		if end < len(m.partner) {
			liveEnd = m.partner[end]
		}
		m.pairGap(i, end, j, liveEnd, similar)
		if end >= len(m.partner) {
			return
		}
		i, j = end+1, m.partner[end]+1
	}
}

// pairGap pairs elements of desired[i:iEnd] and live[j:jEnd]. If two are not similar, it skips the one of the longer
// side.
func (m *matching) pairGap(i, iEnd, j, jEnd int, similar func(i, j int) bool) {
	for i < iEnd && j < jEnd {
		left, right := iEnd-i, jEnd-j
		switch {
		case m.paired[j]:
			j++
		case similar(i, j):
			m.pair(i, j)
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

// longestIncreasing marks the longest increasing subsequence of partners; the other elements moved. Elements without
// partner are marked too. It takes O(n log n).
func longestIncreasing(partner []int) []bool {
	inPlace := make([]bool, len(partner))
	previous := make([]int, len(partner))
	var tails []int // tails[k]: index of the smallest last element of a subsequence of length k+1
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
