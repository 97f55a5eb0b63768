;; a box of the first label at each region that the host proposes
(module
  (import "cordon" "proposal_count" (func $count (result i32)))
  (import "cordon" "proposals_read" (func $proposals (param i32)))
  (import "cordon" "text_size" (func $size (param i32 i32) (result i32)))
  (import "cordon" "text_read" (func $read (param i32 i32 i32)))
  (import "cordon" "found_box" (func $box (param i32 i32 f32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "analyse") (result i32)
    (local $at i32) (local $end i32)
    (call $read (i32.const 0) (i32.const 0) (i32.const 0))
    (local.set $at (i32.const 1024))
    (local.set $end (i32.add (local.get $at) (i32.mul (call $count) (i32.const 16))))
    (call $proposals (local.get $at))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (call $box (i32.const 0) (call $size (i32.const 0) (i32.const 0)) (f32.const 0.5)
          (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))
          (i32.load offset=8 (local.get $at)) (i32.load offset=12 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.const 0)))
